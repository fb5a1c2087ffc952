/** What the command line says: plain sentences, a refusal with its articles, and when it stops. */
import type { Citation, Refusal } from '#api/refusals.ts'

/** How an operator calls this command, in a checkout. */
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

/** A refusal as one line: every code with the articles behind it. */
export function sentence(refusal: Refusal): string {
  const reasons = refusal.reasons.map(({ code, because }) => {
    const articles = because.map(cite).join('; ')
    return articles === '' ? code : `${code} (${articles})`
  })
  const place = refusal.place === undefined ? '' : ` at ${refusal.place}`
  return `Refused${place}: ${reasons.join(', ')}.`
}

/** An article as text. */
export function cite({ instrument, article }: Citation): string {
  return instrument === 'national' ? `national rule ${article}` : `${instrument}, Article ${article}`
}
