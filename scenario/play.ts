/**
 * Plays a script on a stage and writes its transcript: what was done, what was answered, under which articles. What
 * differs from run to run (ids, numbers, times, digests) is not in the answers; items go by the names that the
 * script gives them.
 */
import { answerTo } from './acts.ts'
import type { Entry, Step } from './script.ts'
import type { Stage } from './stage.ts'

/** An act was answered in another way than the script expects. */
class PlayError extends Error {}

export interface PlayOptions {
  /** Hears each step before it is done. */
  progress?(step: Step): void
}

/**
 * Plays the entries in order.
 * @throws PlayError at the first answer that is not as expected, with what was answered instead
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
    lines.push(...(step.act.verb === 'as' ? [''] : []), step.source)
    if (step.text !== null) lines.push(...step.text.split('\n').map((line) => `  | ${line}`.trimEnd()))
    lines.push(...answers.map((answer) => `    ${answer}`))
  }
  return `${lines.join('\n').trim()}\n`
}

async function playStep(step: Step, stage: Stage): Promise<readonly string[]> {
  const missing = (answers: readonly string[]): string[] =>
    step.expected.filter((expected) => !answers.some((answer) => beginsWith(answer, expected)))
  const answers = await answerTo(step, stage, (sofar) => missing(sofar).length === 0).catch(
    (cause: unknown) => {
      const said = cause instanceof Error ? cause.message : String(cause)
      throw new PlayError(`line ${step.line}: ${step.source}\n  failed: ${said}`, { cause })
    },
  )
  const [first] = missing(answers)
  // A refusal that nobody expected is a failure too: the next steps rest on this one.
  const refused = answers.find((answer) => answer.startsWith('refused '))
  const isUnexpected = refused !== undefined && !step.expected.some((each) => each.startsWith('refused'))
  if (first === undefined && !isUnexpected) return answers
  const wanted = first === undefined ? 'no refusal' : first
  const got = answers.map((answer) => `\n    ${answer}`).join('')
  throw new PlayError(`line ${step.line}: ${step.source}\n  expected: ${wanted}\n  answered:${got}`)
}

/** Whether an answer says what is expected, and perhaps more after it; a word is never taken for part of another. */
function beginsWith(answer: string, expected: string): boolean {
  return answer.startsWith(expected) && !/^[\p{L}\p{N}_]/u.test(answer.slice(expected.length))
}
