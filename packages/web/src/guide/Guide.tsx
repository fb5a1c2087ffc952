/** The guide of the exercise: the next step, its console and person, and a button that opens it. */
import { Button, CloseButton } from '@mantine/core'
import type { Me } from '#api/identity.ts'
import { consoleApi } from '#api/console.ts'
import { links } from '#api/links.ts'
import { useText } from '../core/texts.ts'
import { useRoute } from '../core/queries.ts'
import { useSignOut } from '../core/session.ts'
import { useGo } from '../ui/address.ts'
import { Icon } from '../ui/icons.tsx'
import { GuideSteps } from './GuideSteps.tsx'
import { useSeen } from './seen.ts'
import {
  RECEIVER,
  REPORTER,
  STEPS,
  TICKED,
  WHERE,
  commandOf,
  doneSteps,
  nextStep,
  targetOf,
} from './steps.ts'
import type { Seen, Step, Target, Where } from './steps.ts'
import { useTicks } from './ticks.ts'
import type { Ticks } from './ticks.ts'
import { guideWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import { paths as exchangePaths } from '../exchange/slice.ts'
import { paths as orderPaths } from '../logistics/slice.ts'
import { HOME, signingInAs } from '../core/paths.ts'
import classes from './Guide.module.css'

/** Shown only in an exercise; it can be hidden. */
export function Part({ me }: { readonly me: Me }) {
  const shell = useRoute(consoleApi.shell, {})
  if (shell.data?.exercise !== true) return null
  return <ExerciseGuide me={me} />
}

function ExerciseGuide({ me }: { readonly me: Me }) {
  const t = useText(guideWords)
  const ticks = useTicks()
  const seen = useSeen(me.nation, ticks.ticked)
  if (seen === null) return null
  const step = nextStep(seen)
  if (ticks.isHidden) {
    return (
      <Button
        size="compact-sm"
        variant="subtle"
        className={classes.shown ?? ''}
        onClick={() => ticks.hide(false)}
      >
        {t('show')}
      </Button>
    )
  }
  return (
    <aside className={classes.guide} aria-label={t('label')}>
      <div className={classes.head}>
        {step === null ? (
          <p>{t('finished')}</p>
        ) : (
          <p>
            <span className={classes.place}>
              {t('step', { index: STEPS.indexOf(step) + 1, count: STEPS.length })}
            </span>{' '}
            <strong>{t('next')}</strong> {t(step)}
          </p>
        )}
        <CloseButton aria-label={t('hide')} onClick={() => ticks.hide(true)} />
      </div>
      {step !== null && <Next step={step} seen={seen} me={me} ticks={ticks} />}
      <details className={classes.all}>
        <summary>{t('all')}</summary>
        <GuideSteps done={doneSteps(seen)} next={step} />
        {ticks.ticked.length > 0 && (
          <Button size="compact-sm" variant="subtle" onClick={ticks.clear}>
            {t('again')}
          </Button>
        )}
      </details>
    </aside>
  )
}

interface NextProps {
  readonly step: Step
  readonly seen: Seen
  readonly me: Me
  readonly ticks: Ticks
}

function Next({ step, seen, me, ticks }: NextProps) {
  const t = useText(guideWords)
  const { nation, person } = WHERE[step]
  const other = me.nation === REPORTER ? RECEIVER : REPORTER
  const link = useRoute(links.get, { partner: other }, { enabled: step === 'evidence' })
  const command = commandOf(step, seen.items[0]?.control ?? 'JP-2026-0001', link.data?.fingerprint ?? null)
  const isHere = nation === me.nation
  const isRight = isHere && person === me.person.id
  return (
    <>
      {command !== null && (
        <p className={classes.command}>
          {t('command')}: <code>{command}</code>
        </p>
      )}
      <div className={classes.actions}>
        {isHere ? (
          <Here target={targetOf(step, seen)} person={isRight ? null : person} />
        ) : (
          <There where={WHERE[step]} target={targetOf(step, seen)} />
        )}
        {TICKED.includes(step) && (
          <Button
            variant="subtle"
            leftSection={<Icon name="tick" sizePx={15} />}
            onClick={() => ticks.tick(step)}
          >
            {t('doneNext')}
          </Button>
        )}
        {!isRight && (
          <span className={classes.who} data-here={isHere || undefined}>
            {isHere ? t('youAre', { who: me.person.id }) : t('signInAs', { who: person })}
          </span>
        )}
      </div>
    </>
  )
}

function pathOf(target: Target): string {
  if (target === null) return HOME
  if ('draft' in target) return exchangePaths.draft(target.draft)
  if ('item' in target) return exchangePaths.item(target.item)
  return orderPaths.orders({ partner: target.order })
}

interface HereProps {
  readonly target: Target
  /** The person to sign in as; null if that person is signed in. */
  readonly person: string | null
}

function Here({ target, person }: HereProps) {
  const t = useText(guideWords)
  const go = useGo()
  const leave = useSignOut()
  const path = pathOf(target)
  return (
    <>
      <Button variant={person === null ? 'filled' : 'default'} onClick={() => go(path)}>
        {t('goHere')}
      </Button>
      {person !== null && (
        <Button variant="filled" onClick={() => leave(signingInAs(person, path))}>
          {t('switchPerson', { who: person })}
        </Button>
      )}
    </>
  )
}

/** A link to the console of another nation: a matter has the same id on both nodes. */
function There({ where, target }: { readonly where: Where; readonly target: Target }) {
  const { nation, person } = where
  const t = useText(guideWords)
  const nationName = useNationName()
  const shell = useRoute(consoleApi.shell, {})
  const url = shell.data?.consoles?.find((console) => console.nation === nation)?.url
  if (url === undefined) {
    return (
      <span>
        {t('goThere', { nation: nationName(nation) })}: {t('noConsole')}
      </span>
    )
  }
  return (
    <Button component="a" variant="filled" href={new URL(signingInAs(person, pathOf(target)), url).href}>
      {t('goThere', { nation: nationName(nation) })}
    </Button>
  )
}
