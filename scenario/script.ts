/**
 * The scenario language: one sentence per line, readable by a lawyer and an officer. This file parses a
 * script into steps; the effect of a sentence is in its form.
 *
 *     # a remark                                  copied to the transcript
 *     as JP analyst                               who acts from here on
 *     write launch to KR kr-mnd-dia marked 極秘 about missile_launch for missile_warning : a title
 *       | the report, line by line
 *       => writing                                an expected answer; all of them must be among the answers
 *     -- the visitor takes over here              the demonstration stops playing here
 */
import type { Form, Said } from './form.ts'
import { PILLARS } from './pillars.ts'
import { VERBS } from './verbs.ts'

/** A sentence with its lines: `text` holds the `|` lines, `expected` the `=>` lines. */
export interface Step {
  readonly line: number
  readonly source: string
  readonly form: Form
  readonly said: Said
  readonly text: string | null
  readonly expected: readonly string[]
}

export type Entry =
  | { readonly entry: 'step'; readonly step: Step }
  | { readonly entry: 'remark'; readonly text: string }
  | { readonly entry: 'handover' }

/** A line that cannot be parsed, with its number. */
export class ScriptError extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`)
    this.line = line
  }
}

/** The forms of all sentences. */
const FORMS: readonly Form[] = [...VERBS, ...PILLARS.flat()]

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
    return { line, source: source.trim(), form, said: { ...match.groups }, text: null, expected }
  }
  const verb = source.split(' ', 1)[0]!
  const like = FORMS.map(({ usage }) => usage).filter((usage) => usage.startsWith(`${verb} `))
  const known =
    like.length > 0 ? `write it as: ${like.join(' — or: ')}` : `"${verb}" begins no sentence of this language`
  throw new ScriptError(line, known)
}

/** Adds a `|` or `=>` line to the step above it. */
function continueStep(entries: Entry[], text: string, line: number): void {
  const last = entries.at(-1)
  if (last?.entry !== 'step') throw new ScriptError(line, 'this line must follow a sentence')
  const { step } = last
  const next = text.startsWith('=>')
    ? { ...step, expected: [...step.expected, text.slice(2).trim()] }
    : {
        ...step,
        text: [...(step.text === null ? [] : [step.text]), text.slice(1).replace(/^ /, '')].join('\n'),
      }
  entries[entries.length - 1] = { entry: 'step', step: next }
}
