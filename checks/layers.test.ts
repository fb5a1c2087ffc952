/**
 * Who may import whom: `web, cli → api → wire`; slices of the node → kernel, gate, federation, identity, and the
 * pure files of other slices. Tests may import what they test with.
 */
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectNone, type Import, isTest, sourceFile, type SourceFile, sourceFiles } from './source.ts'

interface Layer {
  readonly name: string
  readonly holds: (path: string) => boolean
  readonly allows: (wanted: Import, path: string) => boolean
  /** What to do about a violation. */
  readonly instead: string
}

/** Imports that stand in spite of the rules, each with its reason. */
const EXCEPTIONS: readonly { from: string; to: string; because: string }[] = [
  {
    from: 'packages/cli/src/main.ts',
    to: '.',
    because: 'it says where instruments and the built console are',
  },
  ...[
    ['agreements/agreements.routes.ts', 'exchange/items/item.store.ts'],
    ['agreements/agreements.routes.ts', 'exchange/situation/situation.commands.ts'],
    ['console/console.routes.ts', 'exchange/desk.view.ts'],
    ['console/console.routes.ts', 'exchange/search.view.ts'],
  ].map(([from, to]) => ({
    from: `packages/node/src/${from}`,
    to: `packages/node/src/${to}`,
    because: 'the console and the agreements are being taken out of the exchange',
  })),
]

/** Folders of the node that every slice may use. They know no slice. */
const FOUNDATIONS = ['kernel', 'law', 'gate', 'federation', 'identity']

/** The rooms in which a file without a suffix is pure are these, the gate and identity. */
const SLICES = ['agreements', 'console', 'negotiation', 'exchange', 'logistics', 'picture', 'rescue']

/** Commands of the CLI that make, run or look at a node in their own process. */
const NODE_COMMANDS = ['init', 'node', 'doctor', 'backup']

/** What a file without a suffix may use of Node and of packages: nothing that reaches outside the process. */
const PURE_MODULES = ['node:crypto', 'node:assert', 'node:buffer', 'zod', '@cedar-policy/cedar-wasm/nodejs']

const NODE_SOURCE = 'packages/node/src/'

const under = (folder: string) => (path: string) => path.startsWith(folder)

const reaches = (wanted: Import, ...folders: string[]) =>
  wanted.target !== null && folders.some((folder) => wanted.target?.startsWith(folder))

const isModule = (wanted: Import) => wanted.target === null

/** The folder of `packages/node/src` that a path is in, or null at its top. */
function roomOf(path: string | null): string | null {
  if (path === null || !path.startsWith(NODE_SOURCE)) return null
  const rest = path.slice(NODE_SOURCE.length)
  return rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : null
}

/** `store` for `exchange.store.ts`; null for a file without a suffix. */
function suffixOf(path: string): string | null {
  const parts = posix.basename(path).split('.')
  return parts.length > 2 ? (parts.at(-2) ?? null) : null
}

/** What a file with this suffix may not import from files of its own slice. */
const ABOVE: Record<string, readonly string[]> = {
  store: ['commands', 'routes', 'peer', 'courier', 'transport', 'hub'],
  commands: ['routes', 'courier', 'transport'],
  peer: ['routes', 'courier', 'transport'],
}

const LAYERS: readonly Layer[] = [
  {
    name: 'wire imports node:crypto, zod and itself',
    holds: under('packages/wire/'),
    allows: (wanted) =>
      reaches(wanted, 'packages/wire/') || ['node:crypto', 'zod'].includes(wanted.specifier),
    instead: 'wire has no I/O and no second dependency: take what you need as an argument.',
  },
  {
    name: 'api imports wire, zod and itself',
    holds: under('packages/api/'),
    allows: (wanted) => reaches(wanted, 'packages/api/', 'packages/wire/') || wanted.specifier === 'zod',
    instead: 'a contract is data: move what acts into packages/node.',
  },
  {
    name: 'web imports api, wire, packages and itself',
    holds: under('packages/web/src/'),
    allows: (wanted) =>
      reaches(wanted, 'packages/web/', 'packages/api/', 'packages/wire/') ||
      (isModule(wanted) && !wanted.specifier.startsWith('node:')),
    instead: 'the console is a client: ask the node through a route contract in packages/api.',
  },
  {
    name: `cli imports api and wire, and node only in ${NODE_COMMANDS.join(', ')}`,
    holds: under('packages/cli/'),
    allows: (wanted, path) =>
      isModule(wanted) ||
      reaches(wanted, 'packages/cli/', 'packages/api/', 'packages/wire/') ||
      (reaches(wanted, NODE_SOURCE) && isNodeCommand(path)),
    instead: 'call the running node through the typed client; only the commands that run a node import it.',
  },
  {
    name: 'the offline verifier imports wire, and nothing that could reach a network',
    holds: (path) => path.startsWith('packages/cli/') && posix.basename(path).startsWith('verify'),
    allows: (wanted) =>
      reaches(wanted, 'packages/cli/', 'packages/wire/') ||
      (isModule(wanted) &&
        !/^(node:)?(net|tls|http|https|http2|dns|dgram)\b|^undici|^ws$|^hono/.test(wanted.specifier)),
    instead: 'evidence must be checkable with no node and no network: work on bytes and packages/wire.',
  },
  {
    name: 'node imports api, wire, packages and itself',
    holds: under('packages/node/'),
    allows: (wanted) =>
      isModule(wanted) || reaches(wanted, 'packages/node/', 'packages/api/', 'packages/wire/'),
    instead: 'the node knows neither its clients nor its tests: turn the dependency round.',
  },
  {
    name: 'the foundations of the node know no slice',
    holds: (path) => FOUNDATIONS.includes(roomOf(path) ?? ''),
    allows: (wanted) => !SLICES.includes(roomOf(wanted.target) ?? ''),
    instead: 'let the slice register itself with the foundation in node.ts.',
  },
  {
    name: 'a slice imports foundations and the pure files of other slices',
    holds: (path) => SLICES.includes(roomOf(path) ?? ''),
    allows: (wanted, path) => {
      const room = roomOf(wanted.target)
      if (room === null || room === roomOf(path) || FOUNDATIONS.includes(room)) return true
      return wanted.target !== null && suffixOf(wanted.target) === null
    },
    instead: "use the other slice's pure functions, and let its own commands store.",
  },
  {
    name: 'a pure file imports pure files and no I/O',
    holds: (path) =>
      [...SLICES, 'law', 'gate', 'identity'].includes(roomOf(path) ?? '') && suffixOf(path) === null,
    allows: (wanted) => {
      if (wanted.target === null) return PURE_MODULES.includes(wanted.specifier)
      return (
        roomOf(wanted.target) === 'kernel' ||
        suffixOf(wanted.target) === null ||
        wanted.target.endsWith('.cedar')
      )
    },
    instead:
      'take values and return values; what reads or writes goes into a file with a suffix that says so.',
  },
  {
    name: 'within a slice, stores know no commands, and commands know no doors',
    holds: (path) => roomOf(path) !== null && roomOf(path) !== 'kernel' && (suffixOf(path) ?? '') in ABOVE,
    allows: (wanted, path) =>
      wanted.target === null ||
      roomOf(wanted.target) !== roomOf(path) ||
      !ABOVE[suffixOf(path) ?? '']?.includes(suffixOf(wanted.target) ?? ''),
    instead: 'routes and peer call commands, commands call stores, never the other way.',
  },
  {
    name: 'nothing in packages imports the simulator, the scenario or the benchmarks',
    holds: under('packages/'),
    allows: (wanted) => !reaches(wanted, 'sim/', 'scenario/', 'bench/', 'checks/'),
    instead: 'the product does not know how it is tried: move the shared part into packages.',
  },
  {
    name: 'the auditors of the simulator import nothing that they audit',
    holds: under('sim/auditors/'),
    allows: (wanted) => !SLICES.includes(roomOf(wanted.target) ?? ''),
    instead: 'an auditor computes the expected state by itself, or it shares the mistakes of the code.',
  },
]

function isNodeCommand(path: string): boolean {
  const words = path.slice('packages/cli/src/'.length).split(/[/.]/)
  return words.some((word) => NODE_COMMANDS.includes(word))
}

function violationsOf(layer: Layer, files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => layer.holds(file.path) && !isTest(file.path))
    .flatMap((file) =>
      file.imports
        .filter((wanted) => !layer.allows(wanted, file.path) && !isExcepted(file.path, wanted))
        .map((wanted) => `${file.path}:${wanted.line} imports ${wanted.specifier}`),
    )
}

function isExcepted(path: string, wanted: Import): boolean {
  return EXCEPTIONS.some(({ from, to }) => from === path && to === (wanted.target ?? wanted.specifier))
}

describe('layers', () => {
  const files = sourceFiles()

  for (const layer of LAYERS) {
    it(layer.name, () => expectNone(violationsOf(layer, files), layer.instead))
  }

  it('keeps no exception that nothing needs', () => {
    const needed = new Set(
      files.flatMap((file) =>
        file.imports.map((wanted) => `${file.path} → ${wanted.target ?? wanted.specifier}`),
      ),
    )
    const stale = EXCEPTIONS.map(({ from, to }) => `${from} → ${to}`).filter((pair) => !needed.has(pair))
    expectNone(stale, 'delete these exceptions.')
  })
})

describe('the layer check itself', () => {
  it.each([
    ['packages/wire/src/a.ts', `import { readFileSync } from 'node:fs'`],
    ['packages/api/src/a.ts', `import type { Db } from '#node/kernel/database.ts'`],
    ['packages/web/src/a.tsx', `const a = await import('#node/node.ts')`],
    ['packages/cli/src/verify.ts', `import { request } from 'undici'`],
    ['packages/cli/src/commands/order.ts', `export { a } from '#node/node.ts'`],
    ['packages/node/src/kernel/a.ts', `import '../exchange/item.ts'`],
    ['packages/node/src/exchange/item.ts', `import { load } from './exchange.store.ts'`],
    [
      'packages/node/src/exchange/exchange.commands.ts',
      `import { a } from '../logistics/logistics.store.ts'`,
    ],
    ['packages/node/src/exchange/exchange.store.ts', `import { a } from './exchange.commands.ts'`],
    ['packages/node/src/main.ts', `import { a } from '#sim/simulate.ts'`],
    ['sim/auditors/register.ts', `import { a } from '#node/exchange/register/register.ts'`],
  ])('catches in %s: %s', (path, text) => {
    const file = sourceFile(path, `// a comment\n${text}\n`)
    expect(LAYERS.some((layer) => violationsOf(layer, [file]).length > 0)).toBe(true)
  })

  it('does not take a comment for an import', () => {
    const file = sourceFile('packages/wire/src/a.ts', `/* import 'node:fs' */ // from 'node:net'\n`)
    expect(file.imports).toEqual([])
  })
})
