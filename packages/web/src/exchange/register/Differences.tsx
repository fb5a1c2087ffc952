/** The lines on which two registers differ, ours beside theirs, with the differing fields highlighted. */
import { useText } from '../../core/texts.ts'
import { PageLink } from '../../ui/PageLink.tsx'
import type { Reconciliation } from './ReconciliationPage.tsx'
import { registerWords } from './words.ts'
import { paths } from '../slice.ts'
import layout from '../../ui/Layout.module.css'
import classes from './Register.module.css'

export function Differences({ of }: { readonly of: Reconciliation['differences'] }) {
  const t = useText(registerWords)
  if (of.length === 0) return <p className={layout.quiet}>{t('differencesPending')}</p>
  return (
    <ul className={classes.differences} aria-label={t('differences')}>
      {of.map((difference) => (
        <li key={difference.control}>
          <PageLink to={paths.register({ search: difference.control })}>{difference.control}</PageLink>{' '}
          <strong className={layout.alarm}>{t(`diff_${difference.kind}`)}</strong>
          <div className={classes.sides}>
            <Line of={difference.ours} beside={difference.theirs} />
            <Line of={difference.theirs} beside={difference.ours} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/**
 * The fields of a register line are separated by bars. Highlights the fields that differ on the other side.
 */
function Line({ of, beside }: { readonly of: string | null; readonly beside: string | null }) {
  if (of === null) return <span>–</span>
  const others = beside?.split('|')
  return (
    <code>
      {of.split('|').map((field, index) => (
        <span key={index}>
          {index > 0 && ' | '}
          {others === undefined || others[index] === field ? field : <mark>{field}</mark>}
        </span>
      ))}
    </code>
  )
}
