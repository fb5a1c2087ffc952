/** The frame of every page: banner, top bar, menu, the parts of the slices; or the sign-in page. */
import { Modal } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { consoleApi } from '#api/console.ts'
import type { Me } from '#api/identity.ts'
import { useIsLive, useLive } from '../core/live.ts'
import { refusalOf, useRoute } from '../core/queries.ts'
import { useSession } from '../core/session.ts'
import { useText } from '../core/texts.ts'
import { SignInPage } from '../identity/SignInPage.tsx'
import { identityWords } from '../identity/words.ts'
import { Banner } from '../ui/Banner.tsx'
import { PageSkeleton } from '../ui/PageSkeleton.tsx'
import { RefusalNotice } from '../ui/RefusalNotice.tsx'
import { Icon } from '../ui/icons.tsx'
import { BottomBar, SideNav } from './Nav.tsx'
import { Palette } from './Palette.tsx'
import { BarParts, PartsAbove, PartsBeside } from './SliceParts.tsx'
import { TopBar } from './TopBar.tsx'
import { shellWords } from './words.ts'
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
      {session.state === 'nobody' && (
        <>
          <SignInPage />
          <PartsBeside />
        </>
      )}
      {session.state === 'unknown' && <PageSkeleton />}
      {refusal !== null && <RefusalNotice refusal={refusal} isAnswer />}
    </div>
  )
}

/** Shown if the session ends during work: the sign-in page covers the page, which keeps its input. */
function SignInAgain({ isNeeded, person }: { readonly isNeeded: boolean; readonly person: string }) {
  const t = useText(identityWords)
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
      <PartsBeside />
    </Modal>
  )
}

function SignedInFrame({ me }: { readonly me: Me }) {
  const t = useText(shellWords)
  const shell = useRoute(consoleApi.shell, {})
  useLive()
  return (
    <div className={classes.frame}>
      <a href="#page" className={classes.skip}>
        {t('skip')}
      </a>
      <Banner isExercise={shell.data?.exercise ?? false} />
      <TopBar me={me}>
        <BarParts />
      </TopBar>
      <SideNav needsMe={shell.data?.needsMe ?? 0} version={shell.data?.version ?? ''} />
      <main id="page" tabIndex={-1} className={classes.main}>
        <NotLive />
        <PartsAbove me={me} />
        <Outlet />
      </main>
      <BottomBar needsMe={shell.data?.needsMe ?? 0} />
      <PartsBeside />
      <Palette me={me} />
    </div>
  )
}

function NotLive() {
  const t = useText(shellWords)
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
