/** The output of the command line: plain sentences, refusals with their articles, and fatal errors. */
import type { Citation, Reason, Refusal } from '#api/refusals.ts'
import { refusals, wordsOf } from '#words/pillars.ts'

/** How an operator runs this command in a checkout. */
export const COMMAND = 'npm run entente --'

/** Ends a command with a sentence for the operator. */
export class Stop extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'Stop'
  }
}

export function say(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** A refusal as text for an operator: every reason with its remedy, its code and its articles. */
export function sentence(refusal: Refusal): string {
  const reasons = refusal.reasons.map(reason)
  const place = refusal.place === undefined ? [] : [`Field: ${refusal.place}`]
  const reference = refusal.reference === undefined ? [] : [`Reference: ${refusal.reference}`]
  return ['Refused:', ...reasons, ...place, ...reference].join('\n  ')
}

/** One reason as a line. A newer node may send codes that have no words here. */
export function reason({ code, because }: Reason): string {
  const details = [code, ...because.map(cite)].join('; ')
  const words = wordsOf(refusals, code)
  return words === null ? details : `${words.en} (${details})`
}

/** An article or a rule as text. */
export function cite({ instrument, article }: Citation): string {
  if (instrument === 'national') return `national rule ${article}`
  return instrument === 'entente' ? `Entente rule ${article}` : `${instrument}, Article ${article}`
}
