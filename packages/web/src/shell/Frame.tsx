/** What every page stands in: banner, top bar, pages at the left, the article panel; or the sign-in. */
import { Modal } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { consoleApi } from '#api/console.ts'
import type { Me } from '#api/identity.ts'
import { Guide } from '../guide/Guide.tsx'
import { useText } from '../i18n/index.ts'
import { SignInPage } from '../identity/SignInPage.tsx'
import { useIsLive, useLive } from '../live.ts'
import { refusalOf, useRoute } from '../queries.ts'
import { ArticlePanel } from '../ui/ArticlePanel.tsx'
import { PageShape } from '../ui/PageShape.tsx'
import { RefusalNotice } from '../ui/RefusalNotice.tsx'
import { Icon } from '../ui/icons.tsx'
import { Banner } from './Banner.tsx'
import { BottomBar, SideNav } from './Nav.tsx'
import { Palette } from './Palette.tsx'
import { TopBar } from './TopBar.tsx'
import { useSession } from './session.ts'
import classes from './Frame.module.css'

export function Frame() {
  const session = useSession()
  const [last, setLast] = useState<Me | null>(null)
  if (session.state === 'somebody' && session.me !== last) setLast(session.me)
  const me = session.state === 'somebody' ? session.me : last
  if (me !== null) {
    return (
      <>
        <SignedInFrame key={me.person.id} me={me} />
        <SignInAgain isNeeded={session.state === 'nobody'} person={me.person.id} />
      </>
    )
  }
  const refusal = session.state === 'unreachable' ? refusalOf(session.error) : null
  return (
    <div className={classes.alone}>
      {session.state === 'nobody' && <SignInPage />}
      {session.state === 'unknown' && <PageShape />}
      {refusal !== null && <RefusalNotice refusal={refusal} isAnswer />}
    </div>
  )
}

/**
 * A session that ended while someone was at work: the sign-in covers the page, which keeps what was
 * written.
 */
function SignInAgain({ isNeeded, person }: { readonly isNeeded: boolean; readonly person: string }) {
  const t = useText('identity')
  return (
    <Modal
      fullScreen
      opened={isNeeded}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('signInTitle') } }}
      styles={{ content: { border: 'none' } }}
    >
      <SignInPage again={person} />
    </Modal>
  )
}

function SignedInFrame({ me }: { readonly me: Me }) {
  const t = useText('shell')
  const shell = useRoute(consoleApi.shell, {})
  useLive()
  return (
    <div className={classes.frame}>
      <a href="#page" className={classes.skip}>
        {t('skip')}
      </a>
      <Banner isExercise={shell.data?.exercise ?? false} />
      <TopBar me={me} partners={shell.data?.partners ?? []} />
      <SideNav needsMe={shell.data?.needsMe ?? 0} version={shell.data?.version ?? ''} />
      <main id="page" tabIndex={-1} className={classes.main}>
        <NotLive />
        <Guide me={me} />
        <Outlet />
      </main>
      <BottomBar needsMe={shell.data?.needsMe ?? 0} />
      <ArticlePanel />
      <Palette />
    </div>
  )
}

function NotLive() {
  const t = useText('shell')
  const isLive = useIsLive()
  return (
    <div role="status">
      {!isLive && (
        <p className={classes.notLive}>
          <Icon name="cut" /> {t('notLive')}
        </p>
      )}
    </div>
  )
}
