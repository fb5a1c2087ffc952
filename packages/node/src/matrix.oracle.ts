/**
 * An oracle of the gate for the Japan–Korea agreement, for tests: plain tables written from the text of the agreement,
 * which share nothing with the policies, the profile or Cedar.
 */
import type { GateCode } from '#api/refusals.ts'
import type { GateFacts } from '#node/gate/facts.ts'

/** What stands in the way of whatever crosses, in order of precedence: first of the agreement and the link. */
const BETWEEN: readonly GateCode[] = ['no_agreement_in_force', 'profile_differs', 'link_not_open']
/** Then of the information itself. */
const ABOUT: readonly GateCode[] = [
  'channel_not_permitted',
  'recipient_not_competent',
  'no_equivalent_marking',
  'category_not_permitted',
  'purpose_missing',
  'purpose_not_permitted',
  'third_party_release',
]
const SIGNED: readonly GateCode[] = ['author_cannot_approve', 'approvals_missing']
const CLEARANCE: readonly GateCode[] = ['clearance_missing', 'clearance_expired', 'clearance_too_low']
const READING: readonly GateCode[] = [
  'no_agreement_in_force',
  'purpose_not_permitted',
  'not_authorised',
  ...CLEARANCE,
  'need_to_know_missing',
]

/** The codes with which an action can be refused, in order of precedence. */
const ANSWERS: Readonly<Record<string, readonly GateCode[]>> = {
  approve: ['not_authorised', 'author_cannot_approve', ...CLEARANCE],
  submit: [...BETWEEN, ...ABOUT, 'not_authorised'],
  release: [...BETWEEN, 'terms_amended', ...ABOUT, 'not_authorised', ...SIGNED, 'assurance_missing'],
  send: [...BETWEEN, 'terms_amended', ...ABOUT, ...SIGNED, 'assurance_missing'],
  accept: [...BETWEEN, 'terms_amended', ...ABOUT, ...SIGNED],
  open: READING,
  reveal: READING,
  assure: [
    'no_agreement_in_force',
    'recipient_not_competent',
    'no_equivalent_marking',
    'purpose_not_permitted',
    'not_authorised',
  ],
  order: [
    'no_agreement_in_force',
    'profile_differs',
    'link_not_open',
    'category_not_permitted',
    'not_authorised',
  ],
}

/** Article 4(2) in both directions. It does not have Korea's class Ⅰ. */
const CORRESPONDS = [
  'JP 極秘 KR 군사 Ⅱ급 비밀',
  'JP 特定秘密 KR 군사 Ⅱ급 비밀',
  'JP 秘 KR 군사 Ⅲ급 비밀',
  'KR 군사 Ⅱ급 비밀 JP 極秘',
  'KR 군사 Ⅱ급 비밀 JP 特定秘密',
  'KR 군사 Ⅲ급 비밀 JP 秘',
]
const CATEGORIES = [
  'missile_launch',
  'nuclear_programme',
  'missile_programme',
  'search_and_rescue',
  'maritime_surveillance',
  'air_surveillance',
  'defence_general',
]
const PURPOSES = [
  'missile_warning',
  'missile_assessment',
  'nuclear_assessment',
  'maritime_safety',
  'air_safety',
  'search_and_rescue',
  'defence_planning',
  'exercise',
]
const COMPETENT: Record<string, readonly string[]> = {
  JP: ['jp-mod-dih', 'jp-mod-joc'],
  KR: ['kr-mnd-dia', 'kr-jcs-ops'],
}
const OFFICES: Readonly<Record<string, readonly string[]>> = {
  approve: ['release_authority'],
  submit: ['analyst', 'watch_officer'],
  release: ['release_authority'],
  open: ['officer', 'watch_officer'],
  reveal: ['registrar', 'security_officer', 'inspector'],
  assure: ['security_officer'],
  order: ['supply_officer'],
}

/** The markings for which a nation may assure protection: its own that are equivalent to one of the other's. */
const ASSURED_MARKINGS: Record<string, readonly string[]> = {
  JP: ['極秘', '特定秘密', '秘'],
  KR: ['군사 Ⅱ급 비밀', '군사 Ⅲ급 비밀'],
}

/** The matter of the actions on a report. */
interface Report {
  readonly originator: string
  readonly marking: string
  readonly markingRank: number
  readonly receiverMarking: string | null
  readonly category: string
  readonly purpose: string
  readonly organisation: string
  readonly thirdParty: boolean
  /** Absent or null before people sign. */
  readonly profile?: string | null
  readonly originatorConsent: boolean
}

/** The codes that refuse an action between Japan and Korea, in order; empty if it is permitted. */
export function expectedCodes(facts: GateFacts): readonly GateCode[] {
  const faultsOf = { assure: faultsOfAssurance, order: faultsOfOrder }[facts.action] ?? faultsOfReport
  const faults = faultsOf(facts)
  return (ANSWERS[facts.action] ?? []).filter((code) => faults[code] === true)
}

type Faults = Partial<Record<GateCode, boolean>>

function lacksOffice({ action, actor }: GateFacts): boolean {
  return !(OFFICES[action] ?? []).some((office) => actor.roles.includes(office))
}

function isBound({ agreement }: GateFacts): boolean {
  return agreement?.state === 'in_force' || agreement?.state === 'terminated'
}

function faultsOfAssurance(facts: GateFacts): Faults {
  const assured = facts.matter as { organisation: string; markings: string[]; purposes: string[] }
  const bound = isBound(facts)
  const among = (known: readonly string[] | undefined, values: readonly string[]) =>
    values.every((value) => known?.includes(value) === true)
  return {
    no_agreement_in_force: facts.agreement?.state !== 'in_force',
    recipient_not_competent: bound && !among(COMPETENT[facts.to], [assured.organisation]),
    no_equivalent_marking: bound && !among(ASSURED_MARKINGS[facts.to], assured.markings),
    purpose_not_permitted: bound && !among(PURPOSES, assured.purposes),
    not_authorised: lacksOffice(facts),
  }
}

/** An order under the agreement on information, which has no category of supplies. */
function faultsOfOrder(facts: GateFacts): Faults {
  return {
    no_agreement_in_force: facts.agreement?.state !== 'in_force',
    profile_differs: isBound(facts) && facts.agreement?.partnerProfile !== facts.agreement?.profile,
    link_not_open: facts.link !== 'open',
    category_not_permitted: isBound(facts),
    not_authorised: lacksOffice(facts),
  }
}

function faultsOfReport(facts: GateFacts): Faults {
  const { action, actor, agreement } = facts
  const matter = facts.matter as unknown as Report
  const { approvals, assurance } = facts.context as {
    approvals: { count: number; authorAmong: boolean }
    assurance: boolean
  }
  const bound = isBound(facts)
  const received = facts.nation === facts.to
  const { clearance } = actor
  const purposeOk = PURPOSES.includes(matter.purpose)
  const crossing = ['submit', 'release', 'send', 'accept'].includes(action)
  const reading = ['open', 'reveal'].includes(action)
  return {
    no_agreement_in_force: reading ? received && !bound : agreement?.state !== 'in_force',
    profile_differs: bound && agreement?.partnerProfile !== agreement?.profile,
    link_not_open: facts.link !== 'open',
    terms_amended: bound && typeof matter.profile === 'string' && matter.profile !== agreement?.profile,
    channel_not_permitted: bound && facts.channel !== 'network' && facts.channel !== 'media',
    recipient_not_competent: bound && COMPETENT[facts.to]?.includes(matter.organisation) !== true,
    no_equivalent_marking:
      bound &&
      !CORRESPONDS.includes(`${facts.from} ${matter.marking} ${facts.to} ${matter.receiverMarking ?? ''}`),
    category_not_permitted: bound && !CATEGORIES.includes(matter.category),
    purpose_missing: bound && matter.purpose === '',
    purpose_not_permitted: bound && (crossing ? matter.purpose !== '' && !purposeOk : received && !purposeOk),
    third_party_release: (matter.thirdParty || matter.originator !== facts.from) && !matter.originatorConsent,
    not_authorised: lacksOffice(facts),
    author_cannot_approve: action === 'approve' ? actor.author : approvals.authorAmong,
    approvals_missing: approvals.count < 2,
    assurance_missing: bound && !assurance,
    clearance_missing: clearance === null,
    clearance_expired: clearance !== null && !clearance.valid,
    clearance_too_low: clearance !== null && clearance.rank < matter.markingRank,
    need_to_know_missing: !actor.needToKnow,
  }
}
