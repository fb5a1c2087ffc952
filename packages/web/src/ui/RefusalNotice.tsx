/** Explains a refusal: what is wrong, what to do, and its articles, as links. */
import type { Reason, Refusal } from '#api/refusals.ts'
import { useText } from '../core/texts.ts'
import { useRefusalText } from '../core/refusalText.ts'
import { Citations } from './CitationLink.tsx'
import { Icon } from './icons.tsx'
import { uiWords } from './words.ts'
import classes from './Refusal.module.css'

interface Props {
  readonly refusal: Refusal
  /** Read out at once by screen readers: for a refusal of what the reader just did. */
  readonly isAnswer?: boolean
}

export function RefusalNotice({ refusal, isAnswer = false }: Props) {
  const t = useText(uiWords)
  return (
    <div className={classes.notice} role={isAnswer ? 'alert' : 'note'}>
      <span className={classes.title}>
        <Icon name="stop" /> {t('refused')}
      </span>
      <Reasons of={refusal.reasons} />
      {refusal.place !== undefined && <p>{t('field', { place: refusal.place })}</p>}
      {refusal.reference !== undefined && (
        <p className={classes.reference}>{t('reference', { reference: refusal.reference })}</p>
      )}
    </div>
  )
}

/** Reasons as sentences with their articles; also for pending reasons. */
export function Reasons({ of }: { readonly of: readonly Reason[] }) {
  const sentence = useRefusalText()
  return (
    <ul className={classes.reasons}>
      {of.map((reason) => (
        <li key={reason.code}>
          {sentence(reason.code)} <Citations of={reason.because} />
        </li>
      ))}
    </ul>
  )
}
