/**
 * Forbids calls that break determinism or do I/O outside the shell: time and randomness come from `World`,
 * only the courier sends, and only main files read the environment. Covers wire, api, and the files of the
 * node whose suffix does not mark them as shell.
 */
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectNone, isTest, lineAt, sourceFile, type SourceFile, sourceFiles } from './source.ts'

interface Ban {
  readonly call: string
  readonly pattern: RegExp
  readonly holds: (path: string) => boolean
  readonly instead: string
}

/** Exceptions, with reasons. */
const EXCEPTIONS: readonly { path: string; call: string; because: string }[] = [
  {
    path: 'packages/node/src/kernel/folderLock.ts',
    call: 'performance.now',
    because: 'the temporary lock file needs a name that no other process uses; the simulator locks no folder',
  },
  {
    path: 'packages/node/src/kernel/cluster/programs.server.ts',
    call: 'process.env',
    because: 'if no package fits this machine, PostgreSQL is looked up on PATH, as a shell does',
  },
  {
    path: 'packages/node/src/kernel/stream.ts',
    call: 'setInterval',
    because: 'browsers close a silent stream; the keep-alive carries no data',
  },
]

/** Suffixes of the shell: these files use the clock, the network or another process. */
const SHELL = /\.(routes|courier|transport|loop|hub|server|system)\.ts$/

const isMain = (path: string) => posix.basename(path) === 'main.ts'

const isCore = (path: string) =>
  /^packages\/(wire|api|node)\//.test(path) && !SHELL.test(path) && !isMain(path)

const isBehindTheCli = (path: string) => /^packages\/(wire|api|node|web)\//.test(path)

const FROM_WORLD =
  'take it from World (`world.now()`, `world.random(sizeBytes)`), so that a seed replays the run.'
const NOT_IN_CORE =
  'the core decides and the shell does I/O: let the courier or main.ts call at the right time.'

const BANS: readonly Ban[] = [
  { call: 'Date.now', pattern: /\bDate\.now\b/g, holds: isCore, instead: FROM_WORLD },
  { call: 'new Date()', pattern: /\bnew Date(?:\(\s*\)|(?![\w(]))/g, holds: isCore, instead: FROM_WORLD },
  { call: 'Temporal.Now', pattern: /\bTemporal\.Now\b/g, holds: isCore, instead: FROM_WORLD },
  {
    call: 'performance.now',
    pattern: /\bperformance\.now\b|\bhrtime\b/g,
    holds: isCore,
    instead: FROM_WORLD,
  },
  { call: 'Math.random', pattern: /\bMath\.random\b/g, holds: isCore, instead: FROM_WORLD },
  { call: 'randomUUID', pattern: /\brandomUUID\b/g, holds: isCore, instead: FROM_WORLD },
  {
    call: 'randomBytes',
    pattern: /\brandom(?:Bytes|Int|FillSync)\b|\bgetRandomValues\b/g,
    holds: isCore,
    instead: FROM_WORLD,
  },
  { call: 'setTimeout', pattern: /\bsetTimeout\b/g, holds: isCore, instead: NOT_IN_CORE },
  { call: 'setInterval', pattern: /\bsetInterval\b/g, holds: isCore, instead: NOT_IN_CORE },
  { call: 'fetch', pattern: /(?<![\w.])fetch\(/g, holds: isCore, instead: NOT_IN_CORE },
  {
    call: 'crypto.subtle',
    pattern: /\bsubtle\b/g,
    holds: isCore,
    instead: 'use the synchronous functions of node:crypto: Web Crypto completes in an unpredictable order.',
  },
  {
    call: 'process.env',
    pattern: /\bprocess\.env\b/g,
    holds: (path) => path.startsWith('packages/') && !isMain(path),
    instead: 'read the environment in main.ts, and pass the value on.',
  },
  {
    call: 'console',
    pattern: /\bconsole\.(?:log|info|debug|warn|error)\b/g,
    holds: isBehindTheCli,
    instead: 'write to the structured log, which carries no content; only the CLI prints.',
  },
]

function violationsOf(ban: Ban, files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => ban.holds(file.path) && !isTest(file.path) && !isExcepted(file.path, ban.call))
    .flatMap((file) =>
      [...file.code.matchAll(ban.pattern)].map(
        (match) => `${file.path}:${lineAt(file.code, match.index)} ${match[0]}`,
      ),
    )
}

function isExcepted(path: string, call: string): boolean {
  return EXCEPTIONS.some((exception) => exception.path === path && exception.call === call)
}

describe('forbidden calls', () => {
  const files = sourceFiles()

  for (const ban of BANS) {
    it(ban.call, () => expectNone(violationsOf(ban, files), ban.instead))
  }

  it('has no unused exception', () => {
    const stale = EXCEPTIONS.filter(({ path, call }) => {
      const ban = BANS.find((candidate) => candidate.call === call)
      return !files.some((file) => file.path === path && file.code.search(ban?.pattern ?? /$^/) >= 0)
    })
    expectNone(
      stale.map(({ path, call }) => `${path} ${call}`),
      'delete these exceptions: no code needs them.',
    )
  })
})

describe('the check for forbidden calls', () => {
  it.each([
    'Date.now()',
    'new Date()',
    'Temporal.Now.instant()',
    'performance.now()',
    'Math.random()',
    'randomUUID()',
    'randomBytes(8)',
    'setTimeout(act, 1)',
    'setInterval(act, 1)',
    'await fetch(url)',
    'crypto.subtle.digest(a, b)',
    'process.env.PORT',
    `console.log('a')`,
  ])('catches %s', (text) => {
    const file = sourceFile('packages/node/src/exchange/item.ts', `export const a = () => ${text}\n`)
    expect(BANS.some((ban) => violationsOf(ban, [file]).length > 0)).toBe(true)
  })

  it('permits a date made from a given instant, and ignores comments', () => {
    const file = sourceFile(
      'packages/wire/src/a.ts',
      `// Date.now()\nexport const a = new Date(now).toISOString()\n`,
    )
    expect(BANS.flatMap((ban) => violationsOf(ban, [file]))).toEqual([])
  })
})
