/** Enters an office, and shows the one-time code that its holder sets their first password with. */
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { ROLES, identity } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { roles as roleWords } from '#words/identity.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { useAct } from '../core/queries.ts'
import { Form } from '../ui/Form.tsx'
import { ManyField, TextField } from '../ui/fields.tsx'
import { useFields } from '../ui/useFields.ts'
import { OneTimeCode } from './OneTimeCode.tsx'
import classes from './Identity.module.css'
import { identityWords } from './words.ts'

export function NewPersonForm({ onClose }: { readonly onClose: () => void }) {
  const t = useText(identityWords)
  const roleName = useNames(roleWords)
  const act = useAct(identity.createPerson)
  const [fields, put] = useFields({ id: '', office: '', organisation: '' })
  const [roles, setRoles] = useState<readonly Role[]>([])
  const submit = (): void => void act.run({ ...fields, roles: [...roles] })
  return (
    <Modal opened onClose={onClose} title={t('enterPerson')} closeButtonProps={{ 'aria-label': t('close') }}>
      {act.reply === null ? (
        <Form
          className={classes.form}
          onSubmit={submit}
          refusal={act.refusal}
          lacking={roles.length === 0 ? ['roles'] : []}
          end={
            <Button type="submit" variant="filled" loading={act.isRunning}>
              {t('enterPerson')}
            </Button>
          }
        >
          <TextField
            name="office"
            required
            label={t('office')}
            maxLength={120}
            value={fields.office}
            onChange={put('office')}
          />
          <TextField
            name="id"
            required
            label={t('personId')}
            description={t('newIdHelp')}
            pattern="[a-z][a-z0-9]*(-[a-z0-9]+)*"
            minLength={2}
            maxLength={40}
            value={fields.id}
            onChange={put('id')}
          />
          <TextField
            name="organisation"
            required
            label={t('organisation')}
            maxLength={80}
            value={fields.organisation}
            onChange={put('organisation')}
          />
          <ManyField
            name="roles"
            label={t('roles')}
            data={ROLES.map((role) => ({ value: role, label: roleName(role) }))}
            value={[...roles]}
            onChange={(values) => setRoles(ROLES.filter((role) => values.includes(role)))}
          />
        </Form>
      ) : (
        <OneTimeCode code={act.reply.code} endsAt={act.reply.codeEndsAt} onDone={onClose} />
      )}
    </Modal>
  )
}
