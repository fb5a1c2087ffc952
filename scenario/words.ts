/** Answers of the API as lines of a transcript. */
import type { Citation, Reason, Refusal } from '#api/refusals.ts'

/** `jp-kr-gsomia-2016 4.2, 7.5; national 5`: articles by instrument, in the order given. */
export function cited(citations: readonly Citation[]): string {
  const byInstrument = new Map<string, string[]>()
  for (const { instrument, article } of citations) {
    const articles = byInstrument.get(instrument) ?? []
    if (!articles.includes(article)) articles.push(article)
    byInstrument.set(instrument, articles)
  }
  return [...byInstrument].map(([instrument, articles]) => `${instrument} ${articles.join(', ')}`).join('; ')
}

/** One line with the articles that an answer cites. */
export function because(citations: readonly Citation[]): string[] {
  return citations.length === 0 ? [] : [`because ${cited(citations)}`]
}

export function reasonLine(reason: Reason): string {
  return `refused ${reason.code} ${cited(reason.because)}`.trimEnd()
}

export function refusalLines(refusal: Refusal): string[] {
  const place = refusal.place === undefined ? [] : [`at ${refusal.place}`]
  return [...refusal.reasons.map(reasonLine), ...place]
}
