/** Whether clearance or need-to-know is missing for an opening, and whom to ask (Arts 7.1, 7.2). */
import { Button } from '@mantine/core'
import type { Can, RefusalCode } from '#api/refusals.ts'
import { useText } from '../../core/texts.ts'
import { refusalIn } from '../../ui/ActionButton.tsx'
import { Reasons } from '../../ui/RefusalNotice.tsx'
import { Icon } from '../../ui/icons.tsx'
import { itemWords } from './words.ts'
import { useNationName } from '../../core/nations.ts'
import layout from '../../ui/Layout.module.css'
import classes from './Items.module.css'

const OF_CLEARANCE: readonly RefusalCode[] = ['clearance_missing', 'clearance_expired', 'clearance_too_low']
const OF_NEED: readonly RefusalCode[] = ['need_to_know_missing']

interface Props {
  readonly can: Can
  /** The nation whose security officer grants both. */
  readonly nation: string
  /** Tries anyway; the gate refuses, and the attempt is recorded. */
  readonly onTry: () => void
}

export function AccessNeeds({ can, nation, onTry }: Props) {
  const t = useText(itemWords)
  const nationName = useNationName()
  const reasons = (refusalIn(can)?.reasons ?? []).filter((reason) =>
    [...OF_CLEARANCE, ...OF_NEED].includes(reason.code),
  )
  if (reasons.length === 0) return null
  const lacks = (codes: readonly RefusalCode[]): boolean =>
    reasons.some((reason) => codes.includes(reason.code))
  return (
    <section className={classes.access} aria-label={t('accessTitle')}>
      <h2>{t('accessTitle')}</h2>
      <ul className={layout.plain}>
        <Need name={t('accessClearance')} isMissing={lacks(OF_CLEARANCE)} />
        <Need name={t('accessNeed')} isMissing={lacks(OF_NEED)} />
      </ul>
      <Reasons of={reasons} />
      <p>{t('accessAsk', { nation: nationName(nation) })}</p>
      <div>
        <Button onClick={onTry}>{t('accessTry')}</Button>
      </div>
    </section>
  )
}

function Need({ name, isMissing }: { readonly name: string; readonly isMissing: boolean }) {
  const t = useText(itemWords)
  return (
    <li className={isMissing ? layout.alarm : layout.held}>
      <Icon name={isMissing ? 'cross' : 'tick'} sizePx={16} /> {name}:{' '}
      {t(isMissing ? 'accessMissing' : 'accessHeld')}
    </li>
  )
}
