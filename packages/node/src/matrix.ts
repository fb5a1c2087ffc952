/**
 * The permission matrix as a text that a lawyer can read: every office, clearance, need-to-know, marking and
 * state of the agreement, act by act, with the gate's answer. Test-only; `matrix.txt` is its committed form.
 */
import type { Decision, GateFacts } from '#node/gate/facts.ts'
import { factsFor, instrumentNamed, JP_KR } from './testFacts.ts'

/** Orders are shown under an instrument that exists: between Japan and Korea there is none. */
const MLSA = instrumentNamed('kr-us-mlsa-1988').profile

/** The acts in the order in which the matrix prints them. */
export const ACTS = ['approve', 'release', 'send', 'accept', 'open', 'assure', 'order'] as const

/** The dimensions of the matrix, each value with the words that stand for it. */
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
  office: ['analyst', 'release_authority', 'supply_officer', 'officer', 'administrator', 'inspector'],
  clearance: ['none', 'ended', 'below', 'reaches'],
  need: ['no', 'yes'],
} as const
export type Dimension = keyof typeof DIMENSIONS
export type Cell = Readonly<Record<Dimension, string>>

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

/** Every combination of the dimensions. */
export function* cells(): Generator<Cell> {
  for (const agreement of DIMENSIONS.agreement)
    for (const marking of DIMENSIONS.marking)
      for (const office of DIMENSIONS.office)
        for (const clearance of DIMENSIONS.clearance)
          for (const need of DIMENSIONS.need) yield { agreement, marking, office, clearance, need }
}

/** The facts of a cell: all that it does not name is in order. */
export function factsOf(act: string, cell: Cell): GateFacts {
  const provider = cell.marking.slice(0, 2)
  const [marking = '', bears = '-'] = cell.marking.slice(3).split(' as ')
  const from = act === 'order' ? 'US' : provider
  const to = from === 'KR' ? 'JP' : 'KR'
  const nation = ['accept', 'open', 'assure', 'order'].includes(act) ? to : from
  const receiverMarking = bears === '-' ? null : bears
  const markingRank = RANKS[nation === to ? (receiverMarking ?? marking) : marking] ?? 0
  const rank = cell.clearance === 'below' ? markingRank - 1 : markingRank
  return factsFor(act, {
    nation,
    from,
    to,
    subject: act === 'order' ? 'logistics' : 'information',
    agreement: agreementOf(act, cell),
    actor: {
      roles: [cell.office],
      clearance: cell.clearance === 'none' ? null : { marking: 'M', rank, valid: cell.clearance !== 'ended' },
      needToKnow: cell.need === 'yes',
    },
    matter: {
      organisation: to === 'KR' ? 'kr-mnd-dia' : 'jp-mod-dih',
      ...(act === 'assure' ? { markings: [receiverMarking ?? marking] } : {}),
      ...(act === 'order' ? { category: 'food' } : {}),
      ...(act === 'assure' || act === 'order'
        ? {}
        : { originator: from, marking, markingRank, receiverMarking }),
    },
  })
}

/** The profile that governs a cell; null where there is no instrument. */
export function profileOf(act: string, cell: Cell) {
  if (cell.agreement === 'none') return null
  return act === 'order' ? MLSA : JP_KR
}

function agreementOf(act: string, cell: Cell): GateFacts['agreement'] {
  const profile = profileOf(act, cell)
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
const WIDTHS: Record<Dimension, number> = { agreement: 25, marking: 32, office: 19, clearance: 10, need: 6 }

/** Prints the matrix. A column says `any` where, for that act, the answer never depends on it. */
export function printMatrix(decide: (act: string, cell: Cell) => Decision): string {
  const lines = [...HEADING]
  for (const act of ACTS) {
    const rows = [...cells()].map((cell) => ({ cell, answer: answerOf(decide(act, cell)) }))
    const dependsOn = ORDER.filter((dimension) => varies(rows, dimension))
    lines.push(
      '',
      `== ${act} ==`,
      ruled(Object.fromEntries(ORDER.map((each) => [each, each])) as Cell, 'answer'),
    )
    const printed = new Set<string>()
    for (const { cell, answer } of rows) {
      const shown = ORDER.map((each) => [each, dependsOn.includes(each) ? cell[each] : 'any'])
      const line = ruled(Object.fromEntries(shown) as Cell, answer)
      if (!printed.has(line)) lines.push(line)
      printed.add(line)
    }
  }
  return `${lines.join('\n')}\n`
}

const HEADING = [
  'The permission matrix of the gate, printed by a test from the policies that ship. A change of policy shows here.',
  '',
  'Everything that a line does not name is in order: the link is open, the category is a missile launch (for an',
  'order: food), the purpose missile warning, the recipient competent, two release authorities have signed and the',
  'author is not one of them, the receiver has given its assurance.',
  '',
  'agreement  state of the instrument between the two nations: Japan and Korea, and for an order Korea and the',
  '           United States, because between Japan and Korea there is no instrument on logistics to show',
  'marking    who provides it, its marking there, and the marking it is to bear at the receiver',
  'office     the one role of the person who acts',
  'clearance  none; ended; below the marking it bears where the person acts; or reaching it',
  'need       whether a need-to-know grant covers the person',
  'answer     yes, with the articles relied on; or no, with every code that stands in the way, most important first',
  'any        for this act the answer never depends on that column',
  '',
  'Articles without a name are those of the Japan–Korea agreement of 2016; N1 to N9 are the national rules.',
]

function answerOf(decision: Decision): string {
  if (!decision.permitted) return `no   ${decision.reasons.map((each) => each.code).join(', ')}`
  const cited = decision.because.map(({ instrument, article }) => {
    if (instrument === 'national') return `N${article}`
    return instrument === JP_KR.instrument ? article : `${instrument} ${article}`
  })
  return `yes  ${cited.join(' ')}`
}

function varies(rows: readonly { cell: Cell; answer: string }[], dimension: Dimension): boolean {
  const answers = new Map<string, string>()
  return rows.some(({ cell, answer }) => {
    const others = ORDER.filter((each) => each !== dimension).map((each) => cell[each])
    const key = others.join('|')
    const before = answers.get(key)
    answers.set(key, answer)
    return before !== undefined && before !== answer
  })
}

/** Pads by code points, counting a Korean or Japanese character as two columns, so that the lines stand even. */
function ruled(cell: Cell, answer: string): string {
  const columns = ORDER.map((each) => {
    const text = cell[each]
    const width = Array.from(text).reduce(
      (sum, character) => sum + (/[ᄀ-ᇿ　-鿿가-힣]/.test(character) ? 2 : 1),
      0,
    )
    return text + ' '.repeat(Math.max(1, WIDTHS[each] - width))
  })
  return `${columns.join('')}${answer}`.trimEnd()
}
