/** Figures of a benchmark: percentiles, medians over repetitions, and tables as Markdown. */

/** The percentile of a non-empty sample, by nearest rank; `share` is from 0 to 1. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((one, other) => one - other)
  const rank = Math.max(1, Math.ceil(share * sorted.length))
  return sorted[rank - 1]!
}

/** The median; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The figures of one repetition at one level. */
export interface Sample {
  readonly perS: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** The rate and latencies of messages that took `elapsedMs` together. */
export function sampleOf(latenciesMs: readonly number[], elapsedMs: number): Sample {
  return {
    perS: (latenciesMs.length * 1000) / elapsedMs,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  }
}

/** The median of each figure over the repetitions. */
export function medianOf(samples: readonly Sample[]): Sample {
  return {
    perS: median(samples.map(({ perS }) => perS)),
    p50Ms: median(samples.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(samples.map(({ p99Ms }) => p99Ms)),
  }
}

/** A number with about three significant digits. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '-'
  if (value >= 100) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(value >= 10 ? 1 : 2)
}

/** The result of a benchmark: a table, and the notes needed to read it. */
export interface Report {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly notes: readonly string[]
}

/** A report as Markdown. */
export function markdownOf(report: Report): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = line(report.columns.map((_, index) => (index === 0 ? '---' : '---:')))
  return [
    `## ${report.title}`,
    '',
    line(report.columns),
    rule,
    ...report.rows.map(line),
    '',
    ...report.notes.map((note) => `- ${note}`),
    '',
  ].join('\n')
}
