/** Sets the first password with the administrator's one-time code; this also makes the person's key. */
import { Button, TextInput } from '@mantine/core'
import { identity } from '#api/identity.ts'
import { useText } from '../core/texts.ts'
import { Form } from '../ui/Form.tsx'
import { useAddressQuery } from '../ui/address.ts'
import { PasswordField } from '../ui/fields.tsx'
import { useRouteForm } from '../ui/form.ts'
import { identityWords } from './words.ts'
import classes from './Identity.module.css'

export function FirstPasswordForm() {
  const t = useText(identityWords)
  const query = useAddressQuery()
  const form = useRouteForm(identity.setFirstPassword, {
    initial: { person: '', code: '', password: '', again: '' },
    input: ({ person, code, password }) => ({ person: person.trim(), code: code.trim(), password }),
    faults: ({ password, again }) => (again === password ? {} : { again: t('passwordsDiffer') }),
  })
  const submit = async (): Promise<void> => {
    if ((await form.submit()) !== null) query.set({ 'first-password': '' })
  }
  return (
    <Form
      className={classes.form}
      onSubmit={() => void submit()}
      refusal={form.refusal}
      end={
        <Button type="submit" variant="filled" loading={form.command.isRunning}>
          {t('setPassword')}
        </Button>
      }
    >
      <TextInput {...form.field('person')} label={t('personId')} autoComplete="username" />
      <TextInput
        {...form.field('code')}
        label={t('code')}
        description={t('codeHelp')}
        autoComplete="one-time-code"
      />
      <PasswordField
        {...form.field('password')}
        label={t('newPassword')}
        description={t('newPasswordHelp')}
        autoComplete="new-password"
      />
      <PasswordField
        {...form.field('again')}
        label={t('againPassword')}
        autoComplete="new-password"
        required
      />
    </Form>
  )
}
