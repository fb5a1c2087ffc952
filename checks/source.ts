/** The project's files for the checks: text, code without comments, and imports with their targets. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** Folders without source: installed, built or stored files. */
const NOT_SOURCE = new Set(['node_modules', '.git', 'dist', 'coverage', 'data'])

const CODE = /\.(ts|tsx|mjs)$/

/** The subpath imports of package.json. */
const SUBPATHS: Record<string, string> = {
  '#wire': 'packages/wire/src',
  '#words': 'packages/words/src',
  '#api': 'packages/api/src',
  '#node': 'packages/node/src',
  '#cli': 'packages/cli/src',
  '#sim': 'sim',
  '#scenario': 'scenario',
}

export interface Import {
  /** As written, such as `#wire/merkle.ts` or `node:crypto`. */
  readonly specifier: string
  /** The imported file of this project, or null for a package or a builtin. */
  readonly target: string | null
  readonly line: number
}

export interface SourceFile {
  /** Relative to the checkout, with forward slashes. */
  readonly path: string
  readonly text: string
  /** The text with comments replaced by spaces, which keeps line and column numbers. */
  readonly code: string
  readonly imports: readonly Import[]
}

/** Paths of all files, relative to the checkout, with forward slashes, sorted. */
export function projectPaths(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name)
      if (entry.isDirectory()) return NOT_SOURCE.has(entry.name) ? [] : projectPaths(path)
      return entry.isFile() ? [path] : []
    })
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** The rooms of the engine in their order. Every pillar may use them; they know no pillar. */
export const ENGINE = ['kernel', 'federation', 'law', 'identity', 'gate', 'console', 'backup']

/** The pillars: the folders of `packages/node/src` that are not rooms of the engine. */
export const PILLARS = readdirSync(join(ROOT, 'packages/node/src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !ENGINE.includes(entry.name))
  .map(({ name }) => name)

/** The project's code files, tests included. */
export function sourceFiles(): SourceFile[] {
  return projectPaths()
    .filter((path) => CODE.test(path))
    .map((path) => sourceFile(path, textOf(path)))
}

/** Parses a file with this text. */
export function sourceFile(path: string, text: string): SourceFile {
  const code = withoutComments(text)
  return { path, text, code, imports: importsOf(path, code) }
}

/** True for tests and for their fixtures, files named `test…`. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /^test[A-Z]/.test(posix.basename(path))
}

/** The line, from 1, of a position in a text. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}

/** Fails if there are violations; the message lists them and says what to do `instead`. */
export function expectNone(violations: readonly string[], instead: string): void {
  if (violations.length > 0) expect.fail(`\n${violations.join('\n')}\n→ ${instead}`)
}

/** Matches strings as well as comments, so that `//` inside a string starts no comment. */
const STRING_OR_COMMENT =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g

function withoutComments(text: string): string {
  return text.replace(STRING_OR_COMMENT, (match) =>
    match.startsWith('/') ? match.replace(/[^\n]/g, ' ') : match,
  )
}

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\bnew URL\(\s*)(['"])([^'"\s]+)\1/g

function importsOf(path: string, code: string): Import[] {
  return [...code.matchAll(IMPORT)]
    .map((match) => ({ specifier: match[2] ?? '', line: lineAt(code, match.index), whole: match[0] }))
    .filter(({ specifier, whole }) => !whole.startsWith('new URL') || specifier.startsWith('.'))
    .map(({ specifier, line }) => ({ specifier, line, target: targetOf(path, specifier) }))
}

function targetOf(path: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier)
  const [subpath = '', ...rest] = specifier.split('/')
  const folder = SUBPATHS[subpath]
  return folder === undefined ? null : posix.join(folder, ...rest)
}
