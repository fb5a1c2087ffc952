/**
 * The permission matrix as a text that a lawyer can read: the gate's answer for every action, office, clearance,
 * need-to-know, marking and state of the agreement. For tests; `matrix.txt` is the committed matrix.
 */
import { ROLES } from '#api/identity.ts'
import type { Decision, GateFacts } from '#node/gate/facts.ts'
import { readPolicies } from '#node/gate/policy.ts'
import { factsFor, instrumentNamed, JP_KR, POLICIES } from './testFacts.ts'

/** Orders are shown under this agreement, because Japan and Korea have none on logistics. */
const MLSA = instrumentNamed('kr-us-mlsa-1988').profile

/** The actions, in the order of the matrix. */
export const ACTIONS = [
  'submit',
  'approve',
  'release',
  'send',
  'accept',
  'open',
  'reveal',
  'assure',
  'order',
] as const

/** The dimensions of the matrix and the values of each. */
export const DIMENSIONS = {
  agreement: ['none', 'not concluded', 'signed', 'in force', 'in force, other profile', 'terminated'],
  marking: [
    'JP 秘 as 군사 Ⅲ급 비밀',
    'JP 極秘 as 군사 Ⅱ급 비밀',
    'JP 特定秘密 as 군사 Ⅱ급 비밀',
    'JP 極秘 as 군사 Ⅲ급 비밀',
    'KR 군사 Ⅲ급 비밀 as 秘',
    'KR 군사 Ⅱ급 비밀 as 極秘',
    'KR 군사 Ⅱ급 비밀 as 特定秘密',
    'KR 군사 Ⅰ급 비밀 as -',
  ],
  office: ROLES,
  clearance: ['none', 'ended', 'below', 'reaches'],
  need: ['no', 'yes'],
} as const
export type Dimension = keyof typeof DIMENSIONS
export type Cell = Readonly<Record<Dimension, string>>

interface Row {
  readonly cell: Cell
  readonly answer: string
}

const RANKS: Record<string, number> = {
  秘: 1,
  極秘: 2,
  特定秘密: 2,
  '군사 Ⅲ급 비밀': 1,
  '군사 Ⅱ급 비밀': 2,
  '군사 Ⅰ급 비밀': 3,
}
const STATES: Record<string, string> = {
  'not concluded': 'not_concluded',
  signed: 'signed',
  'in force': 'in_force',
  'in force, other profile': 'in_force',
  terminated: 'terminated',
}

/** The text of the policies that apply to an action. Its answers depend on nothing that this text does not name. */
function policiesOf(action: string): string {
  const { actionsOfPolicy, statics } = readPolicies(POLICIES)
  return Object.entries(statics)
    .filter(([id]) => actionsOfPolicy.get(id)?.includes(action) === true)
    .map(([, text]) => text)
    .join('\n')
}

/** For each office the one that stands for it: itself if the policies of the action name it, else the first unnamed. */
function standingFor(policies: string): ReadonlyMap<string, string> {
  const unnamed = DIMENSIONS.office.find((office) => !policies.includes(`"${office}"`)) ?? ''
  return new Map(
    DIMENSIONS.office.map((office) => [office, policies.includes(`"${office}"`) ? office : unnamed]),
  )
}

/** Every combination of the dimensions on which the answers for an action can depend. */
export function* cells(action: string): Generator<Cell> {
  const policies = policiesOf(action)
  const clearances = policies.includes('clearance') ? DIMENSIONS.clearance : (['reaches'] as const)
  const needs = policies.includes('needToKnow') ? DIMENSIONS.need : (['yes'] as const)
  const offices = [...new Set(standingFor(policies).values())]
  for (const agreement of DIMENSIONS.agreement)
    for (const marking of DIMENSIONS.marking)
      for (const office of offices)
        for (const clearance of clearances)
          for (const need of needs) yield { agreement, marking, office, clearance, need }
}

/** The facts of a cell. Whatever the cell does not name is in order. */
export function factsOf(action: string, cell: Cell): GateFacts {
  const provider = cell.marking.slice(0, 2)
  const [marking = '', bears = '-'] = cell.marking.slice(3).split(' as ')
  const from = action === 'order' ? 'US' : provider
  const to = from === 'KR' ? 'JP' : 'KR'
  const nation = ['accept', 'open', 'reveal', 'assure', 'order'].includes(action) ? to : from
  const receiverMarking = bears === '-' ? null : bears
  const markingRank = RANKS[nation === to ? (receiverMarking ?? marking) : marking] ?? 0
  const rank = cell.clearance === 'below' ? markingRank - 1 : markingRank
  return factsFor(action, {
    nation,
    from,
    to,
    subject: action === 'order' ? 'logistics' : 'information',
    agreement: agreementOf(action, cell),
    actor: {
      roles: [cell.office],
      clearance: cell.clearance === 'none' ? null : { marking: 'M', rank, valid: cell.clearance !== 'ended' },
      needToKnow: cell.need === 'yes',
    },
    matter: {
      organisation: to === 'KR' ? 'kr-mnd-dia' : 'jp-mod-dih',
      ...(action === 'assure' ? { markings: [receiverMarking ?? marking] } : {}),
      ...(action === 'order' ? { category: 'food' } : {}),
      ...(action === 'assure' || action === 'order'
        ? {}
        : { originator: from, marking, markingRank, receiverMarking }),
    },
  })
}

/** The profile that governs a cell; null if there is no instrument. */
export function profileOf(action: string, cell: Cell) {
  if (cell.agreement === 'none') return null
  return action === 'order' ? MLSA : JP_KR
}

function agreementOf(action: string, cell: Cell): GateFacts['agreement'] {
  const profile = profileOf(action, cell)
  if (profile === null) return null
  const partnerProfile = cell.agreement === 'in force, other profile' ? 'sha384:other' : profile.hash
  return {
    instrument: profile.instrument,
    profile: profile.hash,
    state: STATES[cell.agreement] ?? '',
    partnerProfile,
  }
}

const ORDER: readonly Dimension[] = ['agreement', 'marking', 'office', 'clearance', 'need']
const WIDTHS: Record<Dimension, number> = { agreement: 25, marking: 32, office: 42, clearance: 10, need: 6 }

/** Prints the matrix. A column is `any` if the answers for that action do not depend on it. */
export function printMatrix(decide: (action: string, cell: Cell) => Decision): string {
  const lines = [...HEADING]
  for (const action of ACTIONS) {
    const rows = [...cells(action)].map((cell) => ({ cell, answer: answerOf(decide(action, cell)) }))
    const dependsOn = ORDER.filter((dimension) => varies(rows, dimension))
    const offices = officesAlike(rows, standingFor(policiesOf(action)))
    const heading = Object.fromEntries(ORDER.map((dimension) => [dimension, dimension])) as Cell
    lines.push('', `== ${action} ==`, aligned(heading, 'answer'))
    const printed = new Set<string>()
    for (const { cell, answer } of rows) {
      const named = { ...cell, office: offices.get(cell.office)! }
      const shown = ORDER.map((dimension) => [
        dimension,
        dependsOn.includes(dimension) ? named[dimension] : 'any',
      ])
      const line = aligned(Object.fromEntries(shown) as Cell, answer)
      if (!printed.has(line)) lines.push(line)
      printed.add(line)
    }
  }
  return `${lines.join('\n')}\n`
}

const HEADING = [
  'The permission matrix of the gate, printed by a test from the shipped policies. A change of policy shows here.',
  '',
  'Everything that a line does not name is in order: the link is open, the category is a missile launch (for an',
  'order: food), the purpose missile warning, the recipient competent, two release authorities have signed and the',
  'author is not one of them, the receiver has given its assurance.',
  '',
  'agreement  state of the instrument between the two nations: Japan and Korea, and for an order Korea and the',
  '           United States, because between Japan and Korea there is no instrument on logistics to show',
  'marking    who provides it, its marking there, and the marking it is to bear at the receiver',
  'office     the one role of the person who acts; roles with the same answers share a line, and the largest set of',
  '           them is named `other`',
  'clearance  none; ended; below the marking that it bears where the person acts; or reaching it',
  'need       whether a need-to-know grant covers the person',
  'answer     yes, with the articles relied on; or no, with every code that stands in the way, in order of precedence',
  'any        the answers for this action do not depend on that column',
  '',
  'Articles without a name are those of the Japan–Korea agreement of 2016; N1 to N11 are the national rules.',
]

function answerOf(decision: Decision): string {
  if (!decision.permitted) return `no   ${decision.reasons.map(({ code }) => code).join(', ')}`
  const cited = decision.because.map(({ instrument, article }) => {
    if (instrument === 'national') return `N${article}`
    return instrument === JP_KR.instrument ? article : `${instrument} ${article}`
  })
  return `yes  ${cited.join(' ')}`
}

/** The name of each set of offices with the same answers, by office: its members, or `other` for the largest set. */
function officesAlike(
  rows: readonly Row[],
  standing: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const alike = Map.groupBy(DIMENSIONS.office, (office) =>
    rows
      .filter(({ cell }) => cell.office === standing.get(office))
      .map(({ answer }) => answer)
      .join('\n'),
  )
  const sets = [...alike.values()]
  const sizeMax = Math.max(...sets.map(({ length }) => length))
  return new Map(
    sets.flatMap((set) =>
      set.map((office) => [office, set.length === sizeMax ? 'other' : set.join(', ')] as const),
    ),
  )
}

function varies(rows: readonly Row[], dimension: Dimension): boolean {
  const answers = new Map<string, string>()
  return rows.some(({ cell, answer }) => {
    const others = ORDER.filter((other) => other !== dimension).map((other) => cell[other])
    const key = others.join('|')
    const before = answers.get(key)
    answers.set(key, answer)
    return before !== undefined && before !== answer
  })
}

/** One line with padded columns. A Korean or Japanese character is two columns wide. */
function aligned(cell: Cell, answer: string): string {
  const columns = ORDER.map((dimension) => {
    const text = cell[dimension]
    const width = Array.from(text).reduce(
      (sum, character) => sum + (/[ᄀ-ᇿ　-鿿가-힣]/.test(character) ? 2 : 1),
      0,
    )
    return text + ' '.repeat(Math.max(1, WIDTHS[dimension] - width))
  })
  return `${columns.join('')}${answer}`.trimEnd()
}
