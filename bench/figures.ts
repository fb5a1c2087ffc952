/** Numbers of a benchmark: percentiles, medians over repetitions, and tables as Markdown. */

/** The value below which a share of the sample lies: nearest rank. The sample must not be empty. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((one, other) => one - other)
  const rank = Math.max(1, Math.ceil(share * sorted.length))
  return sorted[rank - 1]!
}

/** The middle of the repetitions; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** What one repetition at one level gave. */
export interface Sample {
  readonly perS: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** Rate and latencies of messages that took `latenciesMs` each and `elapsedMs` together. */
export function sampleOf(latenciesMs: readonly number[], elapsedMs: number): Sample {
  return {
    perS: (latenciesMs.length * 1000) / elapsedMs,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  }
}

/** Each figure's median over the repetitions. */
export function medianOf(samples: readonly Sample[]): Sample {
  return {
    perS: median(samples.map((each) => each.perS)),
    p50Ms: median(samples.map((each) => each.p50Ms)),
    p99Ms: median(samples.map((each) => each.p99Ms)),
  }
}

/** Three significant digits, and no more than a reader can use. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '-'
  if (value >= 100) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(value >= 10 ? 1 : 2)
}

/** What a benchmark found: a table, and what has to be known to read it. */
export interface Report {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly notes: readonly string[]
}

/** A report as Markdown. */
export function markdownOf(report: Report): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = line(report.columns.map((_, place) => (place === 0 ? '---' : '---:')))
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
