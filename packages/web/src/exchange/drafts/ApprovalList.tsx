/** Who signed or refused a draft, when, and whether it was the current text. */
import type { DraftView } from '#api/exchange/shapes.ts'
import { verdicts } from '#words/exchange/states.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { Moment } from '../../ui/Moment.tsx'
import { Icon } from '../../ui/icons.tsx'
import { draftWords } from './words.ts'
import layout from '../../ui/Layout.module.css'

export function ApprovalList({ of }: { readonly of: DraftView['approvals'] }) {
  const t = useText(draftWords)
  const verdictName = useNames(verdicts)
  if (of.length === 0) return <p className={layout.quiet}>{t('approvalsEmpty')}</p>
  return (
    <ul className={layout.lines}>
      {of.map((approval) => {
        const isRefusal = approval.verdict === 'refuse'
        return (
          <li key={`${approval.person}/${approval.at}`} data-quiet={!approval.current || undefined}>
            <span className={isRefusal ? layout.alarm : layout.held}>
              <Icon name={isRefusal ? 'cross' : 'tick'} sizePx={16} /> {verdictName(approval.verdict)}
            </span>
            <strong>{approval.office}</strong>
            <Moment at={approval.at} relative />
            {!isRefusal && <span>{t(approval.current ? 'current' : 'void')}</span>}
            {approval.reason !== null && <p className={layout.whole}>“{approval.reason}”</p>}
          </li>
        )
      })}
    </ul>
  )
}
