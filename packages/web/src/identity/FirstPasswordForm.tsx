/**
 * The first password, set with the one-time code that the administrator gave; it also makes the person's
 * key.
 */
import { Button } from '@mantine/core'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import { useText } from '../core/texts.ts'
import { useAct } from '../core/queries.ts'
import { Form } from '../ui/Form.tsx'
import { useAddressQuery } from '../ui/address.ts'
import { PasswordField, TextField } from '../ui/fields.tsx'
import { useFields } from '../ui/useFields.ts'
import classes from './Identity.module.css'
import { identityWords } from './words.ts'

export function FirstPasswordForm() {
  const t = useText(identityWords)
  const query = useAddressQuery()
  const [fields, put] = useFields({ person: '', code: '', password: '', again: '' })
  const act = useAct(identity.setFirstPassword)
  const differs = fields.again !== '' && fields.again !== fields.password
  const submit = async (): Promise<void> => {
    if (differs) return
    const { person, code, password } = fields
    const reply = await act.run({ person: person.trim(), code: code.trim(), password })
    if (!isRefusal(reply)) query.set({ 'first-password': '' })
  }
  return (
    <Form
      className={classes.form}
      onSubmit={() => void submit()}
      refusal={act.refusal}
      end={
        <Button type="submit" variant="filled" loading={act.isRunning}>
          {t('setPassword')}
        </Button>
      }
    >
      <TextField
        name="person"
        required
        label={t('personId')}
        autoComplete="username"
        value={fields.person}
        onChange={put('person')}
      />
      <TextField
        name="code"
        required
        label={t('code')}
        description={t('codeHelp')}
        autoComplete="one-time-code"
        value={fields.code}
        onChange={put('code')}
      />
      <PasswordField
        name="password"
        required
        label={t('newPassword')}
        description={t('newPasswordHelp')}
        autoComplete="new-password"
        value={fields.password}
        onChange={put('password')}
      />
      <PasswordField
        name="again"
        required
        label={t('againPassword')}
        autoComplete="new-password"
        value={fields.again}
        onChange={put('again')}
        error={differs ? t('passwordsDiffer') : undefined}
      />
    </Form>
  )
}
