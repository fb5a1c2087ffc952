/**
 * The checklists of CONTRIBUTING.md work. The suite performs them all in one scratch copy of the checkout:
 * they touch only the files that they name, within their limits, and what they add compiles and works.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INSTRUMENTS } from '#node/testFacts.ts'
import { isTest, textOf } from '../source.ts'
import { CHECKLISTS } from './steps.ts'
import { copyTree } from './tree.ts'
import type { Tree } from './tree.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The lists of pillars: a new one adds an import and an entry to each. */
const LISTS = [
  ...['wire', 'words', 'api', 'node'].map((name) => `packages/${name}/src/pillars.ts`),
  'sim/pillars.ts',
  'scenario/pillars.ts',
]
/** Checks and suites that read every file, so that they apply to the additions too. */
const SUITES = [
  'packages/node/src/added.test.ts',
  'packages/node/src/gate/gate.test.ts',
  'packages/words/',
  'packages/wire/src/statement.test.ts',
  'packages/web/src/slices.test.ts',
  'packages/web/src/core/texts.test.ts',
  'checks/forbidden',
  'checks/layers',
  'checks/names',
  'checks/rooms',
  'checks/rules',
  'checks/schema',
  'checks/size',
]
const RUN_MS_MAX = 300_000

/**
 * The packages, the simulator and the scenario: each has a folder for every pillar, and a list of pillars.
 */
const HAS_PILLARS = /^(?:packages|sim|scenario)\//
const OF_HARBOUR = /^(?:packages\/\w+\/src|sim|scenario)\/harbour[./]/

/** Source written by a person: no tests, no generated files. */
const isSource = (path: string): boolean =>
  path.startsWith('packages/') && /\.(?:ts|tsx|cedar|cedarschema|sql|css)$/.test(path) && !isGenerated(path)
const isGenerated = (path: string): boolean => path.endsWith('.gen.ts') || isTest(path)

/**
 * The paths in a checklist of CONTRIBUTING.md, as patterns: `<pillar>` matches any name, a folder all files
 * in it.
 */
function namedIn(title: string): readonly RegExp[] {
  const section = textOf('CONTRIBUTING.md').split(`\n### ${title}\n`)[1]?.split('\n#')[0] ?? ''
  return [...section.matchAll(/`([\w.<>-]+(?:\/[\w.<>*-]*)+)`/g)].map(([, path = '']) => {
    const pattern = path
      .replaceAll('.', String.raw`\.`)
      .replaceAll(/<\w+>/g, String.raw`[\w-]+`)
      .replaceAll('*', String.raw`[\w.-]*`)
    return new RegExp(`^${pattern}${path.endsWith('/') ? '.+' : ''}$`)
  })
}

const touched = new Map<string, readonly string[]>()
const listsBefore = new Map(LISTS.map((path) => [path, textOf(path)]))
let tree: Tree

beforeAll(() => {
  tree = copyTree(ROOT, mkdtempSync(join(tmpdir(), 'entente-checklists-')))
  for (const { title, perform } of CHECKLISTS) {
    perform(tree)
    touched.set(title, tree.touched())
  }
})
afterAll(() => rmSync(tree.folder, { recursive: true, force: true }))

describe.each(CHECKLISTS)('$title', ({ title, limit }) => {
  it(`touches ${limit} sources or fewer`, () => {
    const sources = touched.get(title)!.filter(isSource)
    expect(sources.length, sources.join('\n')).toBeLessThanOrEqual(limit)
  })

  it('names the files that it touches', () => {
    const names = namedIn(title)
    expect(names.length).toBeGreaterThan(0)
    const paths = touched.get(title)!
    expect(paths.filter((path) => !names.some((name) => name.test(path)))).toEqual([])
    expect(names.filter((name) => !paths.some((path) => name.test(path)))).toEqual([])
  })
})

describe('a pillar', () => {
  it('adds one import and one entry to each list; all other files are its own', () => {
    const paths = touched.get('Add a pillar')!.filter((path) => HAS_PILLARS.test(path) && !isTest(path))
    expect(paths.filter((path) => !OF_HARBOUR.test(path))).toEqual(LISTS.toSorted())
    for (const [path, before] of listsBefore) {
      const lines = new Set(before.split('\n'))
      const added = tree
        .read(path)
        .split('\n')
        .filter((line) => !lines.has(line))
      expect(added.length, `${path}\n${added.join('\n')}`).toBe(2)
    }
  })
})

describe('what they add', () => {
  it(
    'compiles, and works',
    async () => {
      const profiles = Object.fromEntries(INSTRUMENTS.map(({ id, profile }) => [id, profile.hash]))
      writeFileSync(join(tree.folder, 'profiles.json'), JSON.stringify(profiles))
      tree.create('packages/node/src/added.test.ts', textOf('checks/checklists/added.test.ts.txt'))
      const runs = await Promise.all([
        run('typescript/bin/tsc', '--noEmit', '-p', '.'),
        run('vitest/vitest.mjs', 'run', '--project', 'fast', ...SUITES),
        run('oxfmt/bin/oxfmt', '--check', ...[...touched.values()].flat()),
      ])
      for (const { code, output } of runs) expect(code, output).toBe(0)
    },
    RUN_MS_MAX,
  )
})

/** Runs a tool in the scratch copy; resolves with its exit code and its output. */
function run(script: string, ...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    // vitest puts settings of its own into the environment of its workers.
    const { VITEST: _, VITEST_POOL_ID: __, VITEST_WORKER_ID: ___, ...env } = process.env
    const child = spawn(process.execPath, [join(tree.folder, 'node_modules', script), ...args], {
      cwd: tree.folder,
      env: { ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
