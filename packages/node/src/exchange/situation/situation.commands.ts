/** Gathering, inside an act, what the gate has to know of a draft or an item. */
import type { GateAct, GateFacts } from '#node/gate/facts.ts'
import type { Partner } from '#node/federation/partner.ts'
import { rankOf } from '#node/law/nations.ts'
import { standingOf } from '#node/identity/rights.commands.ts'
import { coveringGrant } from '#node/identity/needToKnow.ts'
import type { Act } from '#node/kernel/command.ts'
import { assuredUntil } from '../assurances/assurance.store.ts'
import { NODE_ACTOR, exchangeFacts } from './facts.ts'
import type { GatedMatter } from './facts.ts'
import { governing, instrumentNamed } from '#node/law/governing.ts'
import type { Governing } from '#node/law/governing.ts'
import type { ExchangeServices } from '../services.ts'
import { placeOf, surroundingsReader } from './surroundings.store.ts'
import type { ReadSurroundings } from './surroundings.store.ts'

/** A question for the gate: its facts, and what governs. */
export interface Situation {
  readonly facts: GateFacts
  readonly governed: Governing | null
  readonly assuredUntil: number | null
  readonly partner: Partner | null
}

export interface SituationOptions {
  readonly act: GateAct
  readonly matter: GatedMatter
  /** The instrument the matter already names; otherwise the one that governs today. */
  readonly instrument?: string
  /** Who asks, which may still be being looked up. */
  readonly actor?: GateFacts['actor'] | Promise<GateFacts['actor']>
  readonly approvals?: GateFacts['approvals']
  /** Shared by the questions of one act. */
  readonly read?: ReadSurroundings
}

/** Looks up agreement, link, partner's profile and assurance for a matter between us and a partner. */
export async function situationOf(
  act: Act,
  services: ExchangeServices,
  options: SituationOptions,
): Promise<Situation> {
  const { matter } = options
  const now = act.world.now()
  const governed =
    options.instrument === undefined
      ? governing(services.law, matter.from, matter.to, 'information', now)
      : instrumentNamed(services.law, options.instrument, now)
  const instrument = governed?.instrument.id ?? ''
  const read = options.read ?? surroundingsReader(act)
  const { receiverMarking, purpose } = matter
  const [around, actor] = await Promise.all([
    read(placeOf(matter, act.nation, instrument)),
    options.actor ?? NODE_ACTOR,
  ])
  const until = assuredUntil(around.assurances, receiverMarking ?? '', purpose)
  const facts = exchangeFacts(services.law, {
    act: options.act,
    nation: act.nation,
    now,
    governed,
    partnerProfile: around.partnerProfile,
    link: linkOf(around.partner?.state),
    matter,
    actor,
    approvals: options.approvals ?? { count: 0, authorAmong: false },
    assurance: until !== null,
  })
  return { facts, governed, assuredUntil: until, partner: around.partner }
}

function linkOf(state: string | undefined): GateFacts['link'] {
  if (state === 'open' || state === 'frozen' || state === 'invited') return state
  return 'none'
}

/** A person as the gate sees them: roles, clearance now, and whether a grant covers this matter now. */
export async function actorOf(
  act: Act,
  services: ExchangeServices,
  personId: string,
  about: { readonly matter?: string; readonly category: string; readonly author: boolean },
): Promise<GateFacts['actor']> {
  const now = act.world.now()
  const standing = await standingOf(act.tx, services.identity, personId, now)
  if (standing === null || !standing.active) return { ...NODE_ACTOR, author: about.author }
  const { clearance } = standing
  const subject =
    about.matter === undefined
      ? { category: about.category }
      : { matter: about.matter, category: about.category }
  return {
    roles: [...standing.person.roles],
    clearance:
      clearance === null
        ? null
        : {
            marking: clearance.marking,
            rank: rankOf(services.law.nations, act.nation, clearance.marking) ?? 0,
            valid: clearance.valid,
          },
    needToKnow: coveringGrant(standing.needToKnow, subject, now) !== null,
    author: about.author,
  }
}
