/**
 * The proof of a custody step: its outcome as an icon, and its log, index, checkpoint and checks (EXC-70).
 */
import type { CustodyStep } from '#api/exchange/shapes.ts'
import { proofChecks } from '#words/exchange/states.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import type { KeyOf } from '../../core/texts.ts'
import { Named } from '../../ui/Named.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { IconName } from '../../ui/icons.tsx'
import { proofState } from './proof.ts'
import type { ProofState } from './proof.ts'
import { itemWords } from './words.ts'
import classes from './Custody.module.css'

const LOOK: Readonly<
  Record<ProofState, { readonly icon: IconName; readonly text: KeyOf<typeof itemWords> }>
> = {
  held: { icon: 'tick', text: 'proofHeld' },
  pending: { icon: 'clock', text: 'proofPending' },
  own: { icon: 'book', text: 'proofOwn' },
  broken: { icon: 'stop', text: 'proofBroken' },
}

interface TickProps {
  readonly state: ProofState
  /** The step that the proof is for. */
  readonly name: string
  readonly isShown: boolean
  readonly onShow: () => void
}

export function ProofTick({ state, name, isShown, onShow }: TickProps) {
  const t = useText(itemWords)
  const { icon, text } = LOOK[state]
  return (
    <button
      type="button"
      data-tick
      data-state={state}
      className={classes.tick}
      aria-expanded={isShown}
      title={t('checksOf', { step: name })}
      onClick={onShow}
    >
      <Icon name={icon} sizePx={state === 'broken' ? 18 : 14} /> {t(text)}
    </button>
  )
}

export function ProofChecks({ step }: { readonly step: CustodyStep }) {
  const t = useText(itemWords)
  const checkName = useNames(proofChecks)
  const { proof } = step
  if (proof === null) {
    return (
      <p className={classes.checks}>{t(proofState(step) === 'own' ? 'proofOwnHelp' : 'proofPendingHelp')}</p>
    )
  }
  return (
    <div className={classes.checks}>
      <p>
        <Named name={t('log')}>
          <code>{proof.log}</code>
        </Named>
        <br />
        {t('logPlace', { index: proof.index, size: proof.checkpointSize })}
      </p>
      <ul>
        {proof.checks.map(({ check, held }) => (
          <li key={check} data-held={held}>
            <Icon name={held ? 'tick' : 'cross'} sizePx={14} />{' '}
            <Named name={checkName(check)}>{t(held ? 'checkHeld' : 'checkFailed')}</Named>
          </li>
        ))}
      </ul>
    </div>
  )
}
