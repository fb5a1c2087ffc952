/** Reads the instruments folder: one folder per agreement, and `nations.json`. The only reader of those files. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseInstrument } from './instrument.ts'
import type { Instrument } from './instrument.ts'
import { parseNations } from './nations.ts'
import type { Nations } from './nations.ts'

/** Reads and checks every instrument under `folder`, in name order; throws with the file that is wrong. */
export function readInstruments(folder: string): readonly Instrument[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const at = join(folder, name)
      const texts = readdirSync(at).filter((file) => /^text\.(en|ko|ja)\.md$/.test(file))
      return parseInstrument({
        folder: name,
        terms: readFileSync(join(at, 'terms.json'), 'utf8'),
        facts: readFileSync(join(at, 'facts.json'), 'utf8'),
        texts: Object.fromEntries(texts.map((file) => [file, readFileSync(join(at, file), 'utf8')])),
      })
    })
}

/** Reads `nations.json` under `folder`. */
export function readNations(folder: string): Nations {
  return parseNations(readFileSync(join(folder, 'nations.json'), 'utf8'))
}
