/** Style sheets and components match: every class that a component uses exists, and every class is used. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const FOLDER = dirname(import.meta.dirname)
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8')

/** The classes of a style sheet. */
function classesIn(text: string): ReadonlySet<string> {
  const selectors = text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/\{[^{}]*\}/g, '{}')
  return new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/g)].map((match) => match[1] ?? ''))
}

const SHEETS = new Map(
  globSync('**/*.module.css', { cwd: FOLDER }).map((file) => [file, classesIn(read(file))] as const),
)
/** Every use of a class: the component, the sheet, the class. */
const USES = globSync('**/*.tsx', { cwd: FOLDER }).flatMap((file) => {
  const text = read(file)
  return [...text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)].flatMap(([, name = '', path = '']) =>
    [...text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, used = '']) => ({
      file,
      sheet: join(dirname(file), path),
      used,
    })),
  )
})

test('every class that a component uses is in its sheet', () => {
  expect(USES.length).toBeGreaterThan(200)
  const missing = USES.filter(({ sheet, used }) => SHEETS.get(sheet)?.has(used) !== true)
  expect(missing).toEqual([])
})

test('every class of a sheet is used by a component', () => {
  const dead = [...SHEETS].flatMap(([sheet, classes]) =>
    [...classes]
      .filter((name) => !USES.some((use) => use.sheet === sheet && use.used === name))
      .map((name) => `${sheet} .${name}`),
  )
  expect(dead).toEqual([])
})
