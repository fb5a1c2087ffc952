/**
 * The shipped instruments, policies and gate for tests, and facts that permit an action, to be varied one at a time.
 */
import { fileURLToPath } from 'node:url'
import { readInstruments, readNations } from '#node/law/instrument.files.ts'
import type { Instrument } from '#node/law/instrument.ts'
import type { Profile } from '#node/law/profile.ts'
import { POLICY_FOLDERS, TERM_KINDS } from './pillars.ts'
import type { GateFacts } from '#node/gate/facts.ts'
import { createGate } from '#node/gate/gate.ts'
import { readPolicyTexts } from '#node/gate/policy.files.ts'

export const INSTRUMENTS_FOLDER = fileURLToPath(new URL('../../../instruments/', import.meta.url))
export const INSTRUMENTS = readInstruments(INSTRUMENTS_FOLDER, TERM_KINDS)
export const NATIONS = readNations(INSTRUMENTS_FOLDER)

/** The shipped policies, and their gate. */
export const POLICIES = readPolicyTexts(POLICY_FOLDERS)
export const GATE = createGate(POLICIES, { kinds: TERM_KINDS })

/** A shipped instrument by its id. */
export function instrumentNamed(id: string): Instrument {
  const found = INSTRUMENTS.find((instrument) => instrument.id === id)
  if (found === undefined) throw new Error(`no instrument ${id}`)
  return found
}

export const JP_KR: Profile = instrumentNamed('jp-kr-gsomia-2016').profile

type Nested = 'agreement' | 'actor' | 'matter' | 'context'

/** The facts that a test varies, one level deep. */
export type Varied = {
  readonly [K in keyof GateFacts]?: K extends Nested ? Partial<GateFacts[K]> | null : GateFacts[K]
}

/** The matter by action; a Japanese 極秘 report on a launch for the actions not listed. */
const MATTERS: Readonly<Record<string, GateFacts['matter']>> = {
  assure: { organisation: 'kr-mnd-dia', markings: ['군사 Ⅱ급 비밀'], purposes: ['missile_warning'] },
  order: { category: 'food' },
}
/** The role by action of a person who may take it; a release authority for the actions not listed. */
const OFFICES: Readonly<Record<string, string>> = {
  submit: 'analyst',
  open: 'officer',
  reveal: 'registrar',
  assure: 'security_officer',
  order: 'supply_officer',
}
const REPORT: GateFacts['matter'] = {
  originator: 'JP',
  marking: '極秘',
  markingRank: 2,
  receiverMarking: '군사 Ⅱ급 비밀',
  category: 'missile_launch',
  purpose: 'missile_warning',
  organisation: 'kr-mnd-dia',
  thirdParty: false,
  originatorConsent: false,
}

/** A matter from Japan to Korea for which `action` is permitted, unless `varied` changes that. */
export function factsFor(action: string, varied: Varied = {}): GateFacts {
  const base: GateFacts = {
    action,
    nation: ['accept', 'open', 'reveal', 'assure'].includes(action) ? 'KR' : 'JP',
    from: 'JP',
    to: 'KR',
    subject: 'information',
    agreement: {
      instrument: JP_KR.instrument,
      profile: JP_KR.hash,
      state: 'in_force',
      partnerProfile: JP_KR.hash,
    },
    link: 'open',
    channel: 'network',
    actor: {
      roles: [OFFICES[action] ?? 'release_authority'],
      clearance: { marking: '군사 Ⅱ급 비밀', rank: 2, valid: true },
      needToKnow: true,
      author: false,
    },
    matter: MATTERS[action] ?? REPORT,
    context: action in MATTERS ? {} : { approvals: { count: 2, authorAmong: false }, assurance: true },
    cited: {},
  }
  const merged = Object.entries(varied).map(([key, value]) => {
    const before = base[key as keyof GateFacts]
    const nested =
      typeof before === 'object' && before !== null && typeof value === 'object' && value !== null
    return [key, nested ? { ...before, ...value } : value]
  })
  return { ...base, ...Object.fromEntries(merged) }
}

/** Varies the approvals; `authorAmong`: the author is one of those who approved. */
export function approved(count: number, authorAmong = false): Varied {
  return { context: { approvals: { count, authorAmong } } }
}
