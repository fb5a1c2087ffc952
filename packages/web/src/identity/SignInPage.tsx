/**
 * Signing in: office and password; in an exercise, the people one can take the place of; the first
 * password.
 */
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import { useText } from '../core/texts.ts'
import { useAct, useRoute } from '../core/queries.ts'
import { useRefusalText } from '../core/refusalText.ts'
import { Choices } from '../ui/Choices.tsx'
import { Banner } from '../ui/Banner.tsx'
import { enterSession } from '../core/session.ts'
import { Form } from '../ui/Form.tsx'
import { useAddressQuery } from '../ui/address.ts'
import { PasswordField, TextField } from '../ui/fields.tsx'
import { FirstPasswordForm } from './FirstPasswordForm.tsx'
import { OfferedPeople } from './OfferedPeople.tsx'
import classes from './Identity.module.css'
import { identityWords } from './words.ts'

interface Props {
  /** Whose session ended while they were at work; what they wrote stands behind this page. */
  readonly again?: string
}

export function SignInPage({ again }: Props) {
  const t = useText(identityWords)
  const query = useAddressQuery()
  const offered = useRoute(identity.listOffered, {})
  const isFirst = query.get('first-password') !== ''
  const [person, setPerson] = useState(again ?? query.get('as'))
  const sentence = useRefusalText()
  useEffect(() => {
    document.title = `${t('signInTitle')} · Entente`
  })
  return (
    <main className={classes.signIn} data-again={again !== undefined || undefined}>
      {offered.data !== undefined && (
        <div className={classes.signInBanner}>
          <Banner isExercise />
        </div>
      )}
      <header className={classes.signInHead}>
        <img src="/mark.svg" alt="" width={40} height={40} />
        <div>
          <h1>Entente</h1>
          <p>{t('signInLead')}</p>
        </div>
      </header>
      <div className={classes.signInBody}>
        <section className={classes.card}>
          {again !== undefined && <p role="status">{sentence('session_expired')}</p>}
          <h2>{t(isFirst ? 'firstPasswordTitle' : 'signInTitle')}</h2>
          {isFirst ? <FirstPasswordForm /> : <SignInForm person={person} onPerson={setPerson} />}
          <Button
            variant="subtle"
            size="compact-md"
            onClick={() => query.set({ 'first-password': isFirst ? '' : '1' }, { push: true })}
          >
            {t(isFirst ? 'backToSignIn' : 'haveCode')}
          </Button>
        </section>
        {offered.data !== undefined && !isFirst && (
          <OfferedPeople
            nation={offered.data.nation}
            people={offered.data.rows}
            onChoose={setPerson}
            chosen={person}
          />
        )}
      </div>
      <footer className={classes.signInFoot}>
        <Choices />
      </footer>
    </main>
  )
}

interface FormProps {
  readonly person: string
  readonly onPerson: (person: string) => void
}

function SignInForm({ person, onPerson }: FormProps) {
  const t = useText(identityWords)
  const query = useAddressQuery()
  const [password, setPassword] = useState('')
  const signIn = useAct(identity.signIn)
  const submit = async (): Promise<void> => {
    const reply = await signIn.run({ person: person.trim(), password })
    if (isRefusal(reply)) {
      setPassword('')
      return
    }
    query.set({ as: '' })
    await enterSession(reply)
  }
  return (
    <Form
      className={classes.form}
      onSubmit={() => void submit()}
      refusal={signIn.refusal}
      end={
        <Button type="submit" variant="filled" loading={signIn.isRunning}>
          {t('signIn')}
        </Button>
      }
    >
      <TextField
        name="person"
        label={t('personId')}
        description={t('personIdHelp')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={person}
        onChange={(event) => onPerson(event.currentTarget.value)}
      />
      <PasswordField
        name="password"
        label={t('password')}
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </Form>
  )
}
