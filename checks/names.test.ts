/**
 * File names are specific, there are no barrels, and no file contains a path of a person's machine or the
 * host of a package registry.
 */
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectNone, lineAt, projectPaths, sourceFiles, textOf } from './source.ts'

/** Names that say nothing about the contents. */
const VAGUE = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'types',
  'shared',
  'lib',
  'stuff',
])

const TEXT = /(?:\.(ts|tsx|mjs|md|json|sql|cedar|txt|css|html|yml|yaml|sh)|\/run|rc)$/

/** Quoted documents and test vectors are exempt. */
const QUOTING = /^(instruments|spec\/vectors)\//

const PERSONAL_PATH = /(?<![\w.])\/(?:home|Users)\/[a-z][\w-]*|\b[A-Za-z]:\\{1,2}Users\\{1,2}\w+/g

/** Hosts of package registries: the configuration of npm on each machine chooses one. */
const REGISTRY = new RegExp(
  [
    String.raw`https?://[\w.-]*(?:regist` + String.raw`ry|artifactory|nexus|jfrog)[\w.-]*`,
    String.raw`\b(?:npm` + String.raw`js|yarn` + String.raw`pkg)\.(?:org|com)\b`,
    String.raw`"resolved": "https?:`,
  ].join('|'),
  'g',
)

function vaguePartOf(path: string): string | undefined {
  return path
    .split('/')
    .flatMap((part) => part.split('.'))
    .find((word) => VAGUE.has(word.toLowerCase()))
}

function matchesIn(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) => {
    const text = textOf(path)
    return [...text.matchAll(pattern)].map((match) => `${path}:${lineAt(text, match.index)} ${match[0]}`)
  })
}

describe('names', () => {
  const paths = projectPaths()
  const texts = paths.filter((path) => TEXT.test(path) && !QUOTING.test(path))

  it('are specific', () => {
    const vague = paths.filter((path) => vaguePartOf(path) !== undefined && !QUOTING.test(path))
    expectNone(vague, 'name the file after its subject, or move its parts to the files that use them.')
  })

  it('are exported only by the files that define them: no barrels', () => {
    const barrels = sourceFiles().filter(({ code }) => {
      const statements = code.split(/\n(?=\S)/).filter((statement) => statement.trim() !== '')
      return (
        statements.length > 0 &&
        statements.every((text) => /^export\s+(?:type\s+)?[{*][^]*\bfrom\b/.test(text))
      )
    })
    expectNone(
      barrels.map(({ path }) => path),
      'import from the file that defines the name.',
    )
  })

  it("include no path of a person's machine", () => {
    expectNone(matchesIn(texts, PERSONAL_PATH), 'make the path relative to the file, or an argument.')
  })

  it('include no host of a package registry', () => {
    expectNone(
      matchesIn(texts, REGISTRY),
      'name the package, not its registry; see .npmrc for the lock file.',
    )
  })
})

describe('the check of names', () => {
  it.each(['packages/web/src/utils/a.ts', 'packages/wire/src/helpers.ts', 'sim/a.types.ts'])(
    'catches %s',
    (path) => {
      expect(vaguePartOf(path)).toBeDefined()
    },
  )

  it('catches a personal path and a registry', () => {
    expect(posix.join('/', 'home', 'someone')).toMatch(new RegExp(PERSONAL_PATH.source))
    expect(['https://regist', 'ry.example.org/a.tgz'].join('')).toMatch(new RegExp(REGISTRY.source))
  })
})
