/** Whether both nations hold the same profile: the hash of ours beside the hash that the partner declared. */
import { useText } from '../core/texts.ts'
import { Icon } from '../ui/icons.tsx'
import { agreementWords } from './words.ts'
import classes from './Agreements.module.css'

interface Props {
  readonly ours: string
  readonly theirs: string | null
  /** Both hashes in full. */
  readonly isWhole?: boolean
}

/** The digits of a hash that are shown: enough to distinguish two hashes. */
function shortHash(hash: string): string {
  return hash.replace(/^[a-z0-9-]+:/, '').slice(0, 12)
}

export function ProfileMatch({ ours, theirs, isWhole = false }: Props) {
  const t = useText(agreementWords)
  const match = theirs === null ? 'unsaid' : theirs === ours ? 'same' : 'differs'
  const sentence =
    match === 'unsaid' ? t('profileUnsaid') : match === 'same' ? t('profileSame') : t('profileDiffers')
  return (
    <div className={classes.profile} data-match={match}>
      <span className={classes.match}>
        <Icon name={match === 'same' ? 'tick' : match === 'differs' ? 'stop' : 'clock'} sizePx={15} />{' '}
        {sentence}
      </span>
      <dl className={classes.hashes} data-whole={isWhole || undefined}>
        <dt>{t('profileOurs')}</dt>
        <dd className="exact">{isWhole ? ours : shortHash(ours)}</dd>
        {theirs !== null && (
          <>
            <dt>{t('profileTheirs')}</dt>
            <dd className="exact">{isWhole ? theirs : shortHash(theirs)}</dd>
          </>
        )}
      </dl>
    </div>
  )
}
