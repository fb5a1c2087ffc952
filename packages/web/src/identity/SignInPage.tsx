/** The sign-in page: office and password, the people of an exercise, and the first password. */
import { Button, TextInput } from '@mantine/core'
import { useEffect } from 'react'
import { identity } from '#api/identity.ts'
import { useText } from '../core/texts.ts'
import { useRoute } from '../core/queries.ts'
import { useRefusalText } from '../core/refusalText.ts'
import { Choices } from '../ui/Choices.tsx'
import { Banner } from '../ui/Banner.tsx'
import { enterSession } from '../core/session.ts'
import { Form } from '../ui/Form.tsx'
import { useAddressQuery } from '../ui/address.ts'
import { PasswordField } from '../ui/fields.tsx'
import { useRouteForm } from '../ui/form.ts'
import { FirstPasswordForm } from './FirstPasswordForm.tsx'
import { OfferedPeople } from './OfferedPeople.tsx'
import { identityWords } from './words.ts'
import classes from './Identity.module.css'

interface Props {
  /** The person whose session ended; the page behind keeps their input. */
  readonly again?: string
}

export function SignInPage({ again }: Props) {
  const t = useText(identityWords)
  const query = useAddressQuery()
  const offered = useRoute(identity.listOffered, {})
  const isFirst = query.get('first-password') !== ''
  const form = useSignIn(again ?? query.get('as'))
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
          {isFirst ? <FirstPasswordForm /> : <SignInForm form={form} />}
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
            onChoose={(person) => form.set({ person })}
            chosen={form.values.person}
          />
        )}
      </div>
      <footer className={classes.signInFoot}>
        <Choices />
      </footer>
    </main>
  )
}

/** The sign-in form; the page fills in the person chosen in an exercise. */
function useSignIn(person: string) {
  const query = useAddressQuery()
  const form = useRouteForm(identity.signIn, {
    initial: { person, password: '' },
    input: (values) => ({ person: values.person.trim(), password: values.password }),
    secret: 'password',
  })
  const signIn = async (): Promise<void> => {
    const me = await form.submit()
    if (me === null) return
    query.set({ as: '' })
    await enterSession(me)
  }
  return { ...form, signIn }
}

function SignInForm({ form }: { readonly form: ReturnType<typeof useSignIn> }) {
  const t = useText(identityWords)
  return (
    <Form
      className={classes.form}
      onSubmit={() => void form.signIn()}
      refusal={form.refusal}
      end={
        <Button type="submit" variant="filled" loading={form.command.isRunning}>
          {t('signIn')}
        </Button>
      }
    >
      <TextInput
        {...form.field('person')}
        label={t('personId')}
        description={t('personIdHelp')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField {...form.field('password')} label={t('password')} autoComplete="current-password" />
    </Form>
  )
}
