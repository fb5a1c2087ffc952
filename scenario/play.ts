/**
 * Plays a script and writes its transcript: the commands, the answers, and the articles they cite. Answers
 * omit what differs between runs (ids, numbers, times, digests); items have their names in the script.
 */
import type { Entry, Step } from './script.ts'
import type { Stage } from './stage.ts'
import { AS } from './verbs.ts'

/** The answer to a command is not as the script expects. */
class PlayError extends Error {}

export interface PlayOptions {
  /** Called before each step. */
  progress?(step: Step): void
}

/**
 * Plays the entries in order.
 * @throws PlayError at the first answer that is not as expected, with the actual answers
 */
export async function play(
  entries: readonly Entry[],
  stage: Stage,
  options: PlayOptions = {},
): Promise<string> {
  const lines: string[] = []
  for (const entry of entries) {
    if (entry.entry === 'remark')
      lines.push(...(lines.at(-1)?.startsWith('#') === true ? [] : ['']), entry.text)
    if (entry.entry === 'handover') lines.push('', '-- the visitor takes over here')
    if (entry.entry !== 'step') continue
    const { step } = entry
    options.progress?.(step)
    const answers = await playStep(step, stage)
    lines.push(...(step.form === AS ? [''] : []), step.source)
    if (step.text !== null) lines.push(...step.text.split('\n').map((line) => `  | ${line}`.trimEnd()))
    lines.push(...answers.map((answer) => `    ${answer}`))
  }
  return `${lines.join('\n').trim()}\n`
}

async function playStep(step: Step, stage: Stage): Promise<readonly string[]> {
  const missing = (answers: readonly string[]): string[] =>
    step.expected.filter((expected) => !answers.some((answer) => beginsWith(answer, expected)))
  const isExpected = (lines: readonly string[]): boolean => missing(lines).length === 0
  const scene = { stage, text: step.text, isExpected }
  const answers = await step.form.play(step.said, scene).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new PlayError(`line ${step.line}: ${step.source}\n  failed: ${message}`, { cause })
  })
  const [first] = missing(answers)
  // An unexpected refusal fails too: the next steps depend on this one.
  const refused = answers.find((answer) => answer.startsWith('refused '))
  const isUnexpected =
    refused !== undefined && !step.expected.some((expected) => expected.startsWith('refused'))
  if (first === undefined && !isUnexpected) return answers
  const wanted = first === undefined ? 'no refusal' : first
  const got = answers.map((answer) => `\n    ${answer}`).join('')
  throw new PlayError(`line ${step.line}: ${step.source}\n  expected: ${wanted}\n  answered:${got}`)
}

/** True if an answer starts with what is expected, in whole words. */
function beginsWith(answer: string, expected: string): boolean {
  return answer.startsWith(expected) && !/^[\p{L}\p{N}_]/u.test(answer.slice(expected.length))
}
