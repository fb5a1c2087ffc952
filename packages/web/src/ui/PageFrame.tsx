/** The layout of every page: title, what needs the reader, actions, the refusal if any, then the content. */
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { Can, Refusal, RefusalCode } from '#api/refusals.ts'
import { useText } from '../core/texts.ts'
import { ActionButton, refusalIn } from './ActionButton.tsx'
import { PageSkeleton } from './PageSkeleton.tsx'
import { Reasons, RefusalNotice } from './RefusalNotice.tsx'
import { uiWords } from './words.ts'
import classes from './PageFrame.module.css'

export interface PageAction {
  readonly id: string
  readonly label: string
  readonly can: Can
  readonly onPress: () => void
  readonly isRunning?: boolean
  readonly primary?: boolean
  readonly grave?: boolean
  readonly icon?: ReactNode
}

interface Props {
  readonly title: string
  /** Beside the title: stamps, a control number, a state. */
  readonly aside?: ReactNode
  /** One sentence: what the reader has to do here. */
  readonly needs?: ReactNode
  readonly actions?: readonly PageAction[]
  /** Why the last command was refused. */
  readonly refusal?: Refusal | null
  /** Why the page's own read was refused; shown in place of the content. */
  readonly failure?: Refusal | null
  readonly isLoading?: boolean
  readonly children?: ReactNode
}

/** Refusals that are not about the matter itself. */
const PASSING: readonly RefusalCode[] = [
  'not_signed_in',
  'session_expired',
  'unavailable',
  'too_many_requests',
]

/** True once the first page is shown: only later pages move the focus to their title. */
let hasShownPage = false

export function PageFrame(props: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${props.title} · Entente`
  }, [props.title])
  useEffect(() => {
    if (hasShownPage) heading.current?.focus({ preventScroll: true })
    hasShownPage = true
  }, [])
  return (
    <article className={classes.page}>
      <header className={classes.head}>
        <div className={classes.titleRow}>
          <h1 ref={heading} tabIndex={-1} className={classes.title}>
            {props.title}
          </h1>
          {props.aside}
        </div>
        {props.needs !== undefined && <div className={classes.needs}>{props.needs}</div>}
        {props.actions !== undefined && props.actions.length > 0 && <Actions actions={props.actions} />}
        {props.refusal && <RefusalNotice refusal={props.refusal} isAnswer />}
      </header>
      <Matter {...props} />
    </article>
  )
}

function Matter({ failure, isLoading = false, children }: Props) {
  // If a later read fails, the page keeps its content and input.
  const isKept = !isLoading && PASSING.includes(failure?.reasons[0].code ?? 'internal')
  if (failure && !isKept) return <RefusalNotice refusal={failure} />
  return isLoading ? <PageSkeleton /> : children
}

function Actions({ actions }: { readonly actions: readonly PageAction[] }) {
  const t = useText(uiWords)
  const barred = actions.filter((action) => refusalIn(action.can) !== null)
  return (
    <>
      <div className={classes.actions} role="group" aria-label={t('mayTitle')}>
        {actions.map(({ id, label, ...action }) => (
          <ActionButton key={id} {...action}>
            {label}
          </ActionButton>
        ))}
      </div>
      {barred.length > 0 && (
        <details className={classes.whyNot}>
          <summary>{t('whyNot')}</summary>
          <dl>
            {barred.map((action) => (
              <div key={action.id}>
                <dt>{action.label}</dt>
                <dd>
                  <Reasons of={refusalIn(action.can)?.reasons ?? []} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  )
}
