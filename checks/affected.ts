/**
 * `npm test -- --changed`: which suites a change can affect. A suite is affected if it changed, or if it
 * reaches a changed file through imports, through the patterns of `import.meta.glob`, or through a path named
 * in its code.
 */
import { execFileSync } from 'node:child_process'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectPaths, sourceFile, textOf } from './source.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** A change to one of these can affect every suite. */
const UNDER_ALL =
  /^(?:package(?:-lock)?\.json|tsconfig\.json|vitest\.config\.ts|test\.mjs|bootstrap\.mjs|checks\/\w+\.setup\.ts)$/
/** Files loaded by computed path. A change to one counts as a change to its reader. */
const READERS: readonly { readonly files: RegExp; readonly reader: string }[] = [
  { files: /\.cedar(?:schema)?$/, reader: 'packages/node/src/gate/policy.files.ts' },
  { files: /\/migrations\/[^/]+\.sql$/, reader: 'packages/node/src/kernel/migrate.ts' },
  { files: /^instruments\//, reader: 'packages/node/src/law/instrument.files.ts' },
  { files: /^scenario\/.*\.txt$/, reader: 'scenario/rehearsal.ts' },
  { files: /^packages\/web\/(?!src\/)/, reader: 'packages/web/src/main.tsx' },
]
/** What a suite uses without naming it in its code: browser tests visit the built console. */
const USES: Readonly<Record<string, string>> = { 'scenario/browser.test.ts': 'packages/web/src/main.tsx' }
/** Suites that read every file of the checkout. */
const READS_ALL = /^checks\//

const SUITE = /\.test\.tsx?$/
const TYPE_IMPORT = /^(?:import|export) type [^']*'[^']*'/gm
const GLOB = /import\.meta\.glob(?:<[^(]*>)?\(\s*(\[[^\]]*\]|'[^']*')/g
const QUOTED = /'([^'\n]+)'|`([^`\n]+)`/g

/** The files of a checkout, and the direct users of every file. */
export interface Checkout {
  readonly paths: readonly string[]
  readonly users: ReadonlyMap<string, readonly string[]>
}

/** The suites that a change to these files can affect; null means all. */
export function affectedSuites(changed: readonly string[], { paths, users }: Checkout): string[] | null {
  if (changed.some((path) => UNDER_ALL.test(path))) return null
  const suites = paths.filter((path) => SUITE.test(path))
  const reached = new Set<string>()
  const waiting = changed.flatMap((path) => [
    path,
    ...READERS.filter(({ files }) => files.test(path)).map(({ reader }) => reader),
  ])
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    waiting.push(...(users.get(path) ?? []))
  }
  return suites.filter((path) => reached.has(path) || READS_ALL.test(path))
}

/** Reads which file uses which in this checkout. */
export function readCheckout(): Checkout {
  const paths = projectPaths()
  const users = new Map<string, string[]>()
  const code = paths.filter((path) => /\.(?:ts|tsx|mjs)$/.test(path))
  for (const path of code) {
    const used = usedBy(path, textOf(path), paths)
    if (USES[path] !== undefined) used.add(USES[path])
    for (const target of used) users.set(target, [...(users.get(target) ?? []), path])
  }
  return { paths, users }
}

/** The files that a file's code uses. Type-only imports do not count: they have no effect at run time. */
export function usedBy(path: string, text: string, paths: readonly string[]): Set<string> {
  const known = new Set(paths)
  const folder = posix.dirname(path)
  const { code, imports } = sourceFile(path, text.replaceAll(TYPE_IMPORT, ''))
  const targets = imports.flatMap(({ target }) => target ?? [])
  const globs = [...code.matchAll(GLOB)].flatMap(([, patterns = '']) =>
    [...patterns.matchAll(QUOTED)].map(([, pattern = '']) => posix.join(folder, pattern)),
  )
  const named = [...code.matchAll(QUOTED)].flatMap(([, plain, template]) => {
    const name = plain ?? template ?? ''
    return [posix.normalize(name), posix.join(folder, name)]
  })
  return new Set([
    ...[...targets, ...named].filter((target) => known.has(target)),
    ...paths.filter((each) => globs.some((glob) => posix.matchesGlob(each, glob))),
  ])
}

/** The files that differ from the last commit; if there are none, those that the last commit changed. */
function changedFiles(): string[] {
  const git = (...args: string[]): string[] =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean)
  const fresh = git('ls-files', '--others', '--exclude-standard')
  const open = [...git('diff', '--name-only', 'HEAD'), ...fresh]
  return open.length > 0 ? open : git('diff', '--name-only', 'HEAD~1', 'HEAD')
}

if (import.meta.main) {
  const changed = changedFiles()
  process.stdout.write(JSON.stringify({ changed, suites: affectedSuites(changed, readCheckout()) }))
}
