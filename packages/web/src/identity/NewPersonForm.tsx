/** Enters a person, and shows the one-time code for the first password. */
import { Button, Modal, TextInput } from '@mantine/core'
import { identity } from '#api/identity.ts'
import { useText } from '../core/texts.ts'
import { Form } from '../ui/Form.tsx'
import { useRouteForm } from '../ui/form.ts'
import { OneTimeCode } from './OneTimeCode.tsx'
import { RolesField, rolesAmong } from './RolesField.tsx'
import { identityWords } from './words.ts'
import classes from './Identity.module.css'

export function NewPersonForm({ onClose }: { readonly onClose: () => void }) {
  const t = useText(identityWords)
  const form = useRouteForm(identity.createPerson, {
    initial: { office: '', id: '', organisation: '', roles: [] as string[] },
    input: ({ office, id, organisation, roles }) => ({
      office: office.trim(),
      id: id.trim(),
      organisation: organisation.trim(),
      roles: rolesAmong(roles),
    }),
  })
  const { reply } = form.command
  return (
    <Modal opened onClose={onClose} title={t('enterPerson')} closeButtonProps={{ 'aria-label': t('close') }}>
      {reply === null ? (
        <Form
          className={classes.form}
          onSubmit={() => void form.submit()}
          refusal={form.refusal}
          end={
            <Button type="submit" variant="filled" loading={form.command.isRunning}>
              {t('enterPerson')}
            </Button>
          }
        >
          <TextInput {...form.field('office')} label={t('office')} />
          <TextInput {...form.field('id')} label={t('personId')} description={t('newIdHelp')} />
          <TextInput {...form.field('organisation')} label={t('organisation')} />
          <RolesField {...form.field('roles')} />
        </Form>
      ) : (
        <OneTimeCode code={reply.code} endsAt={reply.codeEndsAt} onDone={onClose} />
      )}
    </Modal>
  )
}
