/** Who has signed or refused a draft, when, and whether it speaks of the present text. */
import type { DraftView } from '#api/exchange/shapes.ts'
import { useText } from '../i18n/index.ts'
import { Moment } from '../ui/Moment.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from './words.ts'
import classes from './Exchange.module.css'

export function ApprovalList({ of }: { readonly of: DraftView['approvals'] }) {
  const t = useText('exchange')
  const word = useWords()
  if (of.length === 0) return <p className={classes.quiet}>{t('approvalsEmpty')}</p>
  return (
    <ul className={classes.lines}>
      {of.map((approval) => {
        const isRefusal = approval.verdict === 'refuse'
        return (
          <li key={`${approval.person}/${approval.at}`} data-quiet={!approval.current || undefined}>
            <span className={isRefusal ? classes.alarm : classes.held}>
              <Icon name={isRefusal ? 'cross' : 'tick'} sizePx={16} /> {word('verdict', approval.verdict)}
            </span>
            <strong>{approval.office}</strong>
            <Moment at={approval.at} relative />
            {!isRefusal && <span>{t(approval.current ? 'current' : 'void')}</span>}
            {approval.reason !== null && <p className={classes.whole}>“{approval.reason}”</p>}
          </li>
        )
      })}
    </ul>
  )
}
