/** Reads the instruments folder: one folder per agreement, and `nations.json`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseInstrument } from './instrument.ts'
import type { Instrument } from './instrument.ts'
import type { TermKind } from './termKind.ts'
import { parseNations } from './nations.ts'
import type { Nations } from './nations.ts'

/** Reads and checks every instrument in `folder`, sorted by name; throws with the file that is wrong. */
export function readInstruments(folder: string, kinds: readonly TermKind[]): readonly Instrument[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const path = join(folder, name)
      const texts = readdirSync(path).filter((file) => /^text\.(en|ko|ja)\.md$/.test(file))
      const read = (file: string) => readFileSync(join(path, file), 'utf8')
      const source = {
        folder: name,
        terms: read('terms.json'),
        facts: read('facts.json'),
        texts: Object.fromEntries(texts.map((file) => [file, read(file)])),
      }
      return parseInstrument(source, kinds)
    })
}

/** Reads `nations.json` in `folder`. */
export function readNations(folder: string): Nations {
  return parseNations(readFileSync(join(folder, 'nations.json'), 'utf8'))
}
