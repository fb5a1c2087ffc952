/**
 * The text of an instrument in one language, as passages addressed by article and paragraph (`7.5`, `6.c`, `12.a.3`).
 * Rules AGR-1, AGR-2.
 */

/** The authority of a text or a passage. Only `authentic` binds. */
export type Standing = 'authentic' | 'official' | 'quoted' | 'rendering'

export interface Passage {
  /** `7.5`. A letter stands for the index of an item in its list, whatever script the text uses. */
  readonly address: string
  readonly heading: boolean
  readonly text: string
  readonly standing: Standing
  /** Where the exact wording was read; null for a rendering of ours. */
  readonly source: string | null
}

export interface InstrumentText {
  readonly instrument: string
  readonly language: 'en' | 'ko' | 'ja'
  /** The standing of every passage that does not name its own. */
  readonly standing: 'authentic' | 'official' | 'rendering'
  readonly title: string
  /** A warning to the reader; empty for an official text. */
  readonly notice: string
  readonly passages: readonly Passage[]
}

const HEAD = /^---\n([\s\S]*?)\n---\n/
const LINE = /^(## )?\[([a-z0-9][A-Za-z0-9.-]*)(?: =([a-z0-9-]+))?\] (.+)$/
const STANDINGS = ['authentic', 'official', 'rendering'] as const
const LANGUAGES = ['en', 'ko', 'ja'] as const

/**
 * Parses `text.<language>.md`: a head (`instrument`, `language`, `standing`, `source <key>`), a title, notices, and
 * passages `[address] words` or `[address =source] words`. A heading starts with `## `. A repeated address continues
 * its passage. Throws with the line that is wrong.
 */
export function parseText(file: string, source: string): InstrumentText {
  const head = HEAD.exec(source)
  if (head === null) throw new Error(`${file}: line 1: a head between two lines of --- is missing`)
  const fields = readHead(file, head[1] ?? '')
  const standing = oneOf(file, 'standing', STANDINGS, fields.values.get('standing'))
  const language = oneOf(file, 'language', LANGUAGES, fields.values.get('language'))
  const passages: Passage[] = []
  const notices: string[] = []
  let title = ''
  const firstLine = head[0].split('\n').length
  for (const [index, line] of source.slice(head[0].length).split('\n').entries()) {
    if (line.trim() === '') continue
    if (line.startsWith('# ')) title = line.slice(2)
    else if (line.startsWith('> ')) notices.push(line.slice(2))
    else
      addPassage(passages, readPassage(`${file}: line ${firstLine + index}`, line, standing, fields.sources))
  }
  if (title === '') throw new Error(`${file}: a title is missing`)
  const instrument = fields.values.get('instrument') ?? ''
  return { instrument, language, standing, title, notice: notices.join('\n'), passages }
}

/** The passages at an address and below it (`7` finds `7.1` to `7.5.c`), in the order of the text. */
export function passagesAt(text: InstrumentText, address: string): readonly Passage[] {
  return text.passages.filter(
    (passage) => passage.address === address || passage.address.startsWith(`${address}.`),
  )
}

function readHead(file: string, head: string) {
  const values = new Map<string, string>()
  const sources = new Map<string, string>()
  for (const [index, line] of head.split('\n').entries()) {
    const found = /^(source )?([a-z0-9-]+): (.+)$/.exec(line)
    if (found === null) throw new Error(`${file}: line ${index + 2}: not a head field`)
    ;(found[1] === undefined ? values : sources).set(found[2] ?? '', found[3] ?? '')
  }
  return { values, sources }
}

function readPassage(
  place: string,
  line: string,
  standing: InstrumentText['standing'],
  sources: ReadonlyMap<string, string>,
): Passage {
  const found = LINE.exec(line)
  if (found === null) throw new Error(`${place}: not a passage of the form [address] words`)
  const [, heading, address = '', key, text = ''] = found
  const about = { address, heading: heading !== undefined, text }
  if (key === 'rendering') return { ...about, standing: 'rendering', source: null }
  if (key === undefined) {
    const whole = standing === 'rendering' ? null : ([...sources.values()][0] ?? null)
    return { ...about, standing, source: whole }
  }
  const source = sources.get(key)
  if (source === undefined) throw new Error(`${place}: no source is declared as ${key}`)
  return { ...about, standing: standing === 'rendering' ? 'quoted' : standing, source }
}

function addPassage(passages: Passage[], passage: Passage): void {
  const index = passages.findIndex(
    ({ address, heading }) => address === passage.address && heading === passage.heading,
  )
  const earlier = passages[index]
  if (earlier === undefined) passages.push(passage)
  else passages[index] = { ...earlier, text: `${earlier.text}\n${passage.text}` }
}

function oneOf<const T extends string>(file: string, name: string, allowed: readonly T[], value?: string): T {
  const found = allowed.find((known) => known === value)
  if (found === undefined) throw new Error(`${file}: ${name} must be one of ${allowed.join(', ')}`)
  return found
}
