/** Enters an office, and shows the one-time code that its holder sets their first password with. */
import { Button, Modal, MultiSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { ROLES, identity } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { useText } from '../i18n/index.ts'
import { useAct } from '../queries.ts'
import { RefusalNotice } from '../ui/RefusalNotice.tsx'
import { OneTimeCode } from './OneTimeCode.tsx'
import { useRoleName } from './roleName.ts'
import classes from './Identity.module.css'

export function NewPersonForm({ onClose }: { readonly onClose: () => void }) {
  const t = useText('identity')
  const roleName = useRoleName()
  const act = useAct(identity.createPerson)
  const [fields, setFields] = useState({ id: '', office: '', organisation: '' })
  const [roles, setRoles] = useState<readonly Role[]>([])
  const put = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget
    setFields((before) => ({ ...before, [name]: value }))
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act.run({ ...fields, roles: [...roles] })
  }
  const common = { required: true, withAsterisk: false }
  return (
    <Modal opened onClose={onClose} title={t('enterPerson')} closeButtonProps={{ 'aria-label': t('close') }}>
      {act.reply === null ? (
        <form className={classes.form} onSubmit={submit}>
          <TextInput
            {...common}
            label={t('office')}
            maxLength={120}
            value={fields.office}
            onChange={put('office')}
          />
          <TextInput
            {...common}
            label={t('personId')}
            description={t('newIdHelp')}
            pattern="[a-z][a-z0-9]*(-[a-z0-9]+)*"
            maxLength={40}
            value={fields.id}
            onChange={put('id')}
          />
          <TextInput
            {...common}
            label={t('organisation')}
            maxLength={80}
            value={fields.organisation}
            onChange={put('organisation')}
          />
          <MultiSelect
            label={t('roles')}
            data={ROLES.map((role) => ({ value: role, label: roleName(role) }))}
            value={[...roles]}
            onChange={(values) => setRoles(ROLES.filter((role) => values.includes(role)))}
          />
          {act.refusal !== null && <RefusalNotice refusal={act.refusal} isAnswer />}
          <Button type="submit" variant="filled" loading={act.isRunning}>
            {t('enterPerson')}
          </Button>
        </form>
      ) : (
        <OneTimeCode code={act.reply.code} endsAt={act.reply.codeEndsAt} onDone={onClose} />
      )}
    </Modal>
  )
}
