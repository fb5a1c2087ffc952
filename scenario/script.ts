/**
 * The scenario language: one command per line, readable by a lawyer and an officer. This file parses a script
 * into steps; it does not know nodes.
 *
 *     # a remark                                  copied to the transcript
 *     as JP analyst                               who acts from here on
 *     write launch to KR kr-mnd-dia marked 極秘 about missile_launch for missile_warning : a title
 *       | the report, line by line
 *       => writing                                an expected answer; all of them must be among the answers
 *     -- the visitor takes over here              the demonstration stops playing here
 */

/** A command with its lines: `text` holds the `|` lines, `expected` the `=>` lines. */
export interface Step {
  readonly line: number
  readonly source: string
  readonly command: Command
  readonly text: string | null
  readonly expected: readonly string[]
}

export type Entry =
  | { readonly entry: 'step'; readonly step: Step }
  | { readonly entry: 'remark'; readonly text: string }
  | { readonly entry: 'handover' }

/** Receiver, markings, category and purpose of an item. */
export interface Routing {
  readonly partner: string
  readonly organisation: string
  readonly marking: string
  readonly receiverMarking: string | null
  readonly category: string
  readonly purpose: string
  /** Names of the items that the content derives from. */
  readonly from: readonly string[]
}

export type Command =
  | { readonly verb: 'as'; readonly nation: string; readonly person: string }
  | {
      readonly verb: 'assure'
      readonly partner: string
      readonly organisation: string
      readonly markings: readonly string[]
      readonly purposes: readonly string[]
    }
  | { readonly verb: 'assured'; readonly by: string; readonly organisation: string }
  | { readonly verb: 'write'; readonly name: string; readonly routing: Routing; readonly title: string }
  | { readonly verb: 'edit'; readonly name: string; readonly title: string; readonly category: string | null }
  | { readonly verb: 'upload'; readonly name: string; readonly file: string }
  | { readonly verb: 'refuse'; readonly name: string; readonly because: string }
  | { readonly verb: 'open'; readonly name: string; readonly purpose: string }
  | { readonly verb: NamedVerb; readonly name: string }
  | { readonly verb: 'tamper'; readonly name: string }
  | {
      readonly verb: 'order'
      readonly quantity: string
      readonly unit: string
      readonly category: string
      readonly partner: string
      readonly item: string
    }
  | { readonly verb: 'reconcile' | 'register' | 'link'; readonly partner: string }
  | { readonly verb: 'cut' | 'mend'; readonly one: string; readonly other: string }
  | { readonly verb: 'media'; readonly one: string; readonly other: string }
  | { readonly verb: 'again'; readonly one: string; readonly other: string }

const NAMED_VERBS = [
  'submit',
  'approve',
  'see',
  'custody',
  'receipt',
  'withdraw',
  'evidence',
  'verify',
] as const
type NamedVerb = (typeof NAMED_VERBS)[number]

/** A line that cannot be parsed, with its number. */
export class ScriptError extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`)
    this.line = line
  }
}

type Groups = Readonly<Record<string, string>>
interface Form {
  readonly pattern: RegExp
  /** The syntax, for error messages. */
  readonly usage: string
  read(groups: Groups): Command
}

const NAME = '(?<name>[a-z][a-z0-9-]*)'
const PARTNER = '(?<partner>[A-Z]{2})'
const ORGANISATION = '(?<organisation>[a-z0-9-]+)'

const FORMS: readonly Form[] = [
  {
    pattern: /^as (?<nation>[A-Z]{2}) (?<person>[a-z0-9-]+)$/,
    usage: 'as NATION person',
    read: ({ nation, person }) => ({ verb: 'as', nation: nation!, person: person! }),
  },
  {
    pattern: new RegExp(
      `^assure ${PARTNER} that ${ORGANISATION} may receive (?<markings>.+) for (?<purposes>.+)$`,
    ),
    usage: 'assure PARTNER that ORGANISATION may receive MARKING, MARKING for PURPOSE, PURPOSE',
    read: ({ partner, organisation, markings, purposes }) => ({
      verb: 'assure',
      partner: partner!,
      organisation: organisation!,
      markings: listed(markings!),
      purposes: listed(purposes!),
    }),
  },
  {
    pattern: new RegExp(`^assured by (?<by>[A-Z]{2}) for ${ORGANISATION}$`),
    usage: 'assured by PARTNER for ORGANISATION',
    read: ({ by, organisation }) => ({ verb: 'assured', by: by!, organisation: organisation! }),
  },
  {
    pattern: new RegExp(
      `^write ${NAME} to ${PARTNER} ${ORGANISATION} marked (?<marking>.+?)(?: to bear (?<bears>.+?))?` +
        ` about (?<category>[a-z_]+) for (?<purpose>[a-z_]+)(?: from (?<from>[a-z0-9, -]+?))? : (?<title>.+)$`,
    ),
    usage:
      'write NAME to PARTNER ORGANISATION marked MARKING [to bear MARKING] about CATEGORY for PURPOSE [from NAME] : TITLE',
    read: (groups) => ({
      verb: 'write',
      name: groups['name']!,
      title: groups['title']!,
      routing: routingOf(groups),
    }),
  },
  {
    pattern: new RegExp(`^edit ${NAME}(?: about (?<category>[a-z_]+))? : (?<title>.+)$`),
    usage: 'edit NAME [about CATEGORY] : TITLE',
    read: ({ name, category, title }) => ({
      verb: 'edit',
      name: name!,
      title: title!,
      category: category ?? null,
    }),
  },
  {
    pattern: new RegExp(`^upload ${NAME} (?<file>[\\w.-]+)$`),
    usage: 'upload NAME FILE',
    read: ({ name, file }) => ({ verb: 'upload', name: name!, file: file! }),
  },
  {
    pattern: new RegExp(`^refuse ${NAME} because (?<because>.+)$`),
    usage: 'refuse NAME because REASON',
    read: ({ name, because }) => ({ verb: 'refuse', name: name!, because: because! }),
  },
  {
    pattern: new RegExp(`^open ${NAME} for (?<purpose>[a-z_]+)$`),
    usage: 'open NAME for PURPOSE',
    read: ({ name, purpose }) => ({ verb: 'open', name: name!, purpose: purpose! }),
  },
  {
    pattern: new RegExp(`^verify ${NAME} with one byte changed$`),
    usage: 'verify NAME with one byte changed',
    read: ({ name }) => ({ verb: 'tamper', name: name! }),
  },
  {
    pattern: new RegExp(`^(?<verb>${NAMED_VERBS.join('|')}) ${NAME}$`),
    usage: `${NAMED_VERBS.join(' | ')} NAME`,
    read: ({ verb, name }) => ({ verb: verb as NamedVerb, name: name! }),
  },
  {
    pattern: new RegExp(
      `^order (?<quantity>[\\d.]+) (?<unit>[A-Z0-9]{2,3}) of (?<category>[a-z_]+) from ${PARTNER} : (?<item>.+)$`,
    ),
    usage: 'order QUANTITY UNIT of CATEGORY from PARTNER : ITEM',
    read: ({ quantity, unit, category, partner, item }) => ({
      verb: 'order',
      quantity: quantity!,
      unit: unit!,
      category: category!,
      partner: partner!,
      item: item!,
    }),
  },
  {
    pattern: new RegExp(`^(?<verb>reconcile|register|link) ${PARTNER}$`),
    usage: 'reconcile | register | link PARTNER',
    read: ({ verb, partner }) => ({ verb: verb as 'reconcile', partner: partner! }),
  },
  {
    pattern: /^(?<verb>cut|mend|media|again) (?<one>[A-Z]{2}) (?<other>[A-Z]{2})$/,
    usage: 'cut | mend | media | again NATION NATION',
    read: ({ verb, one, other }) => ({ verb: verb as 'cut', one: one!, other: other! }),
  },
]

function listed(text: string): string[] {
  return text.split(',').map((part) => part.trim())
}

function routingOf(groups: Groups): Routing {
  return {
    partner: groups['partner']!,
    organisation: groups['organisation']!,
    marking: groups['marking']!,
    receiverMarking: groups['bears'] ?? null,
    category: groups['category']!,
    purpose: groups['purpose']!,
    from: groups['from'] === undefined ? [] : listed(groups['from']),
  }
}

/** The line at which the visitor of the demonstration takes over. */
const HANDOVER = '-- the visitor takes over here'

/**
 * Parses a script.
 * @throws ScriptError at the first line that cannot be parsed
 */
export function parseScript(source: string): readonly Entry[] {
  const entries: Entry[] = []
  for (const [index, raw] of source.split(/\r?\n/).entries()) {
    const line = index + 1
    const text = raw.trim()
    if (text === '') continue
    if (text.startsWith('#')) entries.push({ entry: 'remark', text })
    else if (text === HANDOVER) entries.push({ entry: 'handover' })
    else if (text.startsWith('|') || text.startsWith('=>')) continueStep(entries, text, line)
    else entries.push({ entry: 'step', step: stepOf(text, line) })
  }
  return entries
}

/** The entries before the handover; all of them if there is none. */
export function openingOf(entries: readonly Entry[]): readonly Entry[] {
  const end = entries.findIndex(({ entry }) => entry === 'handover')
  return end === -1 ? entries : entries.slice(0, end)
}

function stepOf(text: string, line: number): Step {
  const [source, ...expected] = text.split(' => ') as [string, ...string[]]
  for (const form of FORMS) {
    const match = form.pattern.exec(source.trim())
    if (match === null) continue
    return { line, source: source.trim(), command: form.read({ ...match.groups }), text: null, expected }
  }
  const verb = source.split(' ', 1)[0]!
  const like = FORMS.filter((form) => form.usage.split(/[ |]+/).includes(verb)).map((form) => form.usage)
  const known = like.length > 0 ? `write it as: ${like.join(' — or: ')}` : `"${verb}" is not a command`
  throw new ScriptError(line, known)
}

/** Adds a `|` or `=>` line to the step above it. */
function continueStep(entries: Entry[], text: string, line: number): void {
  const last = entries.at(-1)
  if (last?.entry !== 'step') throw new ScriptError(line, 'this line must follow a command')
  const { step } = last
  const next = text.startsWith('=>')
    ? { ...step, expected: [...step.expected, text.slice(2).trim()] }
    : {
        ...step,
        text: [...(step.text === null ? [] : [step.text]), text.slice(1).replace(/^ /, '')].join('\n'),
      }
  entries[entries.length - 1] = { entry: 'step', step: next }
}
