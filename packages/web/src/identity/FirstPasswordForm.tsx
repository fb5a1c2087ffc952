/**
 * The first password, set with the one-time code that the administrator gave; it also makes the person's
 * key.
 */
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import { useText } from '../i18n/index.ts'
import { useAct } from '../queries.ts'
import { RefusalNotice } from '../ui/RefusalNotice.tsx'
import { useAddressQuery } from '../ui/address.ts'
import classes from './Identity.module.css'

export function FirstPasswordForm() {
  const t = useText('identity')
  const query = useAddressQuery()
  const [fields, setFields] = useState({ person: '', code: '', password: '', again: '' })
  const act = useAct(identity.setFirstPassword)
  const differs = fields.again !== '' && fields.again !== fields.password
  const put = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget
    setFields((before) => ({ ...before, [name]: value }))
  }
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (differs) return
    const { person, code, password } = fields
    const reply = await act.run({ person: person.trim(), code: code.trim(), password })
    if (!isRefusal(reply)) query.set({ 'first-password': '' })
  }
  const common = { required: true, withAsterisk: false }
  const toggle = { 'aria-label': t('showPassword') }
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <TextInput
        {...common}
        label={t('personId')}
        autoComplete="username"
        value={fields.person}
        onChange={put('person')}
      />
      <TextInput
        {...common}
        label={t('code')}
        description={t('codeHelp')}
        autoComplete="one-time-code"
        value={fields.code}
        onChange={put('code')}
      />
      <PasswordInput
        {...common}
        label={t('newPassword')}
        description={t('newPasswordHelp')}
        autoComplete="new-password"
        value={fields.password}
        onChange={put('password')}
        visibilityToggleButtonProps={toggle}
      />
      <PasswordInput
        {...common}
        label={t('againPassword')}
        autoComplete="new-password"
        value={fields.again}
        onChange={put('again')}
        error={differs ? t('passwordsDiffer') : undefined}
        visibilityToggleButtonProps={toggle}
      />
      {act.refusal !== null && <RefusalNotice refusal={act.refusal} isAnswer />}
      <Button type="submit" variant="filled" loading={act.isRunning}>
        {t('setPassword')}
      </Button>
    </form>
  )
}
