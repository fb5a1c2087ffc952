/** Documents name only code that exists; the walks in ARCHITECTURE have at most 17 files. */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { expectNone, sourceFile, textOf } from './source.ts'

const ROOT = new URL('../', import.meta.url)
const exists = (path: string) => existsSync(new URL(path, ROOT))

/** The most files that one value passes through on its way out and in. */
const WALK_FILES_MAX = 17

/** The rows of a document's tables, as their cells. */
function rowsOf(document: string): string[][] {
  return textOf(document)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const codeIn = (cell = '') => /^`([^`]+)`$/.exec(cell)?.[1] ?? null

describe('the glossary', () => {
  const entries = rowsOf('docs/GLOSSARY.md').flatMap(([word, , identifier, file]) => {
    const [name, path] = [codeIn(identifier), codeIn(file)]
    return name === null || path === null ? [] : [{ word, name, path: sourcePath(path) }]
  })

  it('names files and what they export', () => {
    expect(entries.length).toBeGreaterThan(40)
    const wrong = entries.filter(({ name, path }) => {
      if (!exists(path)) return true
      const { code } = sourceFile(path, textOf(path))
      return !new RegExp(
        String.raw`export (?:async )?(?:function\*?|const|interface|type|class) ${name}\b`,
      ).test(code)
    })
    expectNone(
      wrong.map(({ word, name, path }) => `${word}: ${path} exports no ${name}`),
      'correct the file or identifier of the word in docs/GLOSSARY.md.',
    )
  })
})

/** `gate/gate.ts` is in the node; `wire/statement.ts` and the like are in their package. */
function sourcePath(path: string): string {
  const [first = '', ...rest] = path.split('/')
  return ['wire', 'words', 'api', 'web', 'cli'].includes(first)
    ? ['packages', first, 'src', ...rest].join('/')
    : `packages/node/src/${path}`
}

describe('the walks of the architecture', () => {
  const walks: string[][] = []
  for (const [number, cell] of rowsOf('ARCHITECTURE.md')) {
    const path = codeIn(cell)
    if (path === null || !/^\d+$/.test(number ?? '')) continue
    if (number === '1') walks.push([])
    walks.at(-1)?.push(path)
  }

  it('are two, of at most 17 files, all of which exist', () => {
    expect(walks).toHaveLength(2)
    for (const walk of walks) expect(walk.length).toBeLessThanOrEqual(WALK_FILES_MAX)
    expectNone(
      walks.flat().filter((path) => !exists(path)),
      'follow the value again and list its files in order.',
    )
  })
})
