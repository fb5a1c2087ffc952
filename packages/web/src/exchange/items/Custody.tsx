/**
 * The custody of an item in two lanes, ours and the partner's. The proof of each step is verified for this
 * view.
 */
import { useRef } from 'react'
import type { CustodyStep, ItemView } from '#api/exchange/shapes.ts'
import { custodySteps } from '#words/exchange/states.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { useShortRefusal } from '../../core/refusalText.ts'
import { Moment } from '../../ui/Moment.tsx'
import { useAddressQuery } from '../../ui/address.ts'
import { useKeys } from '../../ui/keys.ts'
import { ProofChecks, ProofTick } from './Proof.tsx'
import { useOrganisationName } from '../../law/organisations.ts'
import { proofState } from './proof.ts'
import { exchangeWords } from '../words.ts'
import { itemWords } from './words.ts'
import { useNationName } from '../../core/nations.ts'
import classes from './Custody.module.css'

export function Custody({ item }: { readonly item: ItemView }) {
  const t = useText(itemWords, exchangeWords)
  const nationName = useNationName()
  const query = useAddressQuery()
  const list = useRef<HTMLOListElement>(null)
  const own = item.direction === 'sent' ? item.stamps.originator : item.stamps.recipient
  const partner = item.direction === 'sent' ? item.stamps.recipient : item.stamps.originator
  const shown = query.get('step')
  const move = (by: number): void => {
    const ticks = [...(list.current?.querySelectorAll<HTMLElement>('[data-tick]') ?? [])]
    const at = ticks.indexOf(document.activeElement as HTMLElement)
    ticks[at === -1 ? 0 : Math.max(0, Math.min(ticks.length - 1, at + by))]?.focus()
  }
  useKeys({ j: () => move(1), k: () => move(-1) })
  return (
    <div className={classes.custody}>
      <p className={classes.lead}>{t('custodyLead')}</p>
      <div className={classes.heads} aria-hidden="true">
        <span>
          {nationName(own)} <small>{t('us')}</small>
        </span>
        <span>
          {nationName(partner)} <small>{t('them')}</small>
        </span>
      </div>
      <ol ref={list} className={classes.steps}>
        {item.custody.map((step, index) => (
          <Step
            key={`${step.step}/${step.at}/${index}`}
            step={step}
            item={item}
            lane={step.nation === own ? 'ours' : 'theirs'}
            isShown={shown === String(index)}
            onShow={() => query.set({ step: shown === String(index) ? '' : String(index) })}
          />
        ))}
      </ol>
    </div>
  )
}

interface StepProps {
  readonly step: CustodyStep
  readonly item: ItemView
  readonly lane: 'ours' | 'theirs'
  readonly isShown: boolean
  readonly onShow: () => void
}

function Step({ step, item, lane, isShown, onShow }: StepProps) {
  const t = useText(itemWords, exchangeWords)
  const stepName = useNames(custodySteps)
  const nationName = useNationName()
  const organisationName = useOrganisationName(item.instrument)
  const who = [step.office, step.organisation === null ? null : organisationName(step.organisation)]
  const state = proofState(step)
  return (
    <li className={classes.step} data-lane={lane} data-state={state}>
      <div className={classes.stepBody}>
        <span className={classes.nation}>{nationName(step.nation)}</span>
        <strong className={classes.name}>{stepName(step.step)}</strong>
        <Code step={step} />
        {step.step === 'received' && lane === 'theirs' && (
          <span className={classes.who}>{t('stepCosigned', { nation: nationName(step.nation) })}</span>
        )}
        <span className={classes.who}>{who.filter((part) => part !== null).join(', ')}</span>
        <Moment at={step.at} />
        <ProofTick state={state} name={stepName(step.step)} isShown={isShown} onShow={onShow} />
        {isShown && <ProofChecks step={step} />}
      </div>
    </li>
  )
}

/** The detail of a step: the register number of an acceptance, the reason of a refusal. */
function Code({ step }: { readonly step: CustodyStep }) {
  const t = useText(itemWords, exchangeWords)
  const shortRefusal = useShortRefusal()
  if (step.code === null) return null
  if (step.step === 'accepted') {
    return <span className={classes.who}>{t('stepRegistered', { number: step.code })}</span>
  }
  return <span className={classes.code}>{shortRefusal(step.code)}</span>
}
