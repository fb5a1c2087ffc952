/** A refusal, explained: what is wrong, what to do, and the articles behind it, which open in place. */
import type { Reason, Refusal, RefusalCode } from '#api/refusals.ts'
import { useText } from '../i18n/index.ts'
import { useRefusalText } from '../refusalText.ts'
import { Citations } from './CitationLink.tsx'
import { useFieldName } from './fieldName.ts'
import { Icon } from './icons.tsx'
import { wordsOfPlace } from './refusalPlace.ts'
import classes from './Refusal.module.css'

interface Props {
  readonly refusal: Refusal
  /** Spoken at once by screen readers; for a refusal that answers what the reader just did. */
  readonly isAnswer?: boolean
}

export function RefusalNotice({ refusal, isAnswer = false }: Props) {
  const t = useText('ui')
  return (
    <div className={classes.notice} role={isAnswer ? 'alert' : 'note'}>
      <span className={classes.title}>
        <Icon name="stop" /> {t('refused')}
      </span>
      <Reasons of={refusal.reasons} />
      {refusal.place !== undefined && <Place place={refusal.place} code={refusal.reasons[0].code} />}
    </div>
  )
}

interface PlaceProps {
  readonly place: string
  /** Of the first reason. */
  readonly code: RefusalCode
}

/** Where it is wrong: in words where there are any, and as small print for whoever is asked for help. */
function Place({ place, code }: PlaceProps) {
  const t = useText('ui')
  const fieldName = useFieldName()
  const words = wordsOfPlace(place)
  if (code === 'invalid_input' && words === null) return <p>{t('field', { place: fieldName(place) })}</p>
  const label = code === 'invalid_input' ? 'field' : code === 'internal' ? 'reference' : 'operatorCode'
  return (
    <>
      {words !== null && <p>{t(words)}</p>}
      <p className={classes.place}>{t(label, { place })}</p>
    </>
  )
}

/** Reasons as sentences with their articles; also for what is still awaited. */
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
