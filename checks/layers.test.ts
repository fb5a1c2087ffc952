/**
 * Who may import whom: `web, cli → api → words → wire`; in the node, pillars → engine → kernel, and the pure
 * files of other pillars. Only pillars.ts and the node's wiring name a pillar. Tests may import their
 * fixtures.
 */
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  ENGINE,
  expectNone,
  type Import,
  isTest,
  sourceFile,
  type SourceFile,
  sourceFiles,
  PILLARS,
} from './source.ts'

interface Layer {
  readonly name: string
  readonly holds: (path: string) => boolean
  readonly allows: (wanted: Import, path: string) => boolean
  /** What to do about a violation. */
  readonly instead: string
}

/** Exceptions to the rules below, with reasons. */
const EXCEPTIONS: readonly { from: string; to: string; because: string }[] = [
  {
    from: 'packages/cli/src/main.ts',
    to: '.',
    because: 'it says where instruments and the built console are',
  },
]

/** Files that wire a room or a pillar, and import all of its parts. */
const isWiring = (path: string) => ['part.ts', 'pillar.ts'].includes(posix.basename(path))

/** Commands of the CLI that create, run or inspect a node in their own process. */
const NODE_COMMANDS = ['init', 'node', 'doctor', 'backup']

/** The modules of Node and npm that a file without a suffix may import: none does I/O. */
const PURE_MODULES = ['node:crypto', 'node:assert', 'node:buffer', 'zod', '@cedar-policy/cedar-wasm/nodejs']

const NODE_SOURCE = 'packages/node/src/'

const under = (folder: string) => (path: string) => path.startsWith(folder)

const reaches = (wanted: Import, ...folders: string[]) =>
  wanted.target !== null && folders.some((folder) => wanted.target?.startsWith(folder))

const isModule = (wanted: Import) => wanted.target === null

/** The folder of `packages/node/src` that a path is in, or null at its top. */
function folderOf(path: string | null): string | null {
  if (path === null || !path.startsWith(NODE_SOURCE)) return null
  const rest = path.slice(NODE_SOURCE.length)
  return rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : null
}

/** Importing this pulls in every pillar. */
const isListOfPillars = (path: string | null) =>
  path !== null && [`${NODE_SOURCE}pillars.ts`, `${NODE_SOURCE}migrations.ts`].includes(path)

/** `store` for `item.store.ts`; null for a file without a suffix. */
function suffixOf(path: string): string | null {
  const parts = posix.basename(path).split('.')
  return parts.length > 2 ? (parts.at(-2) ?? null) : null
}

/** What a file with this suffix may not import from files of its own room or pillar. */
const ABOVE: Record<string, readonly string[]> = {
  store: ['commands', 'routes', 'peer', 'courier', 'transport', 'hub'],
  commands: ['routes', 'courier', 'transport'],
  peer: ['routes', 'courier', 'transport'],
}

const WEB_SOURCE = 'packages/web/src/'

/**
 * The foundations of the console, which know no slice. The frame knows identity, because it signs people in.
 */
const WEB_FOUNDATIONS = ['core', 'ui', 'law', 'shell']

/** The folder of `packages/web/src` that a path is in, or null at its top. */
function webFolderOf(path: string | null): string | null {
  if (path === null || !path.startsWith(WEB_SOURCE)) return null
  const rest = path.slice(WEB_SOURCE.length)
  return rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : null
}

/** The contracts and words of a pillar: `agreements` for `#api/agreements.ts`, `exchange` for `#api/exchange/items.ts`. */
function pillarNamedBy({ target }: Import): string | null {
  const named = /^packages\/(?:api|words)\/src\/([a-z]+)[./]/.exec(target ?? '')?.[1] ?? ''
  return PILLARS.includes(named) ? named : null
}

const LAYERS: readonly Layer[] = [
  {
    name: 'wire imports node:crypto, zod and itself',
    holds: under('packages/wire/'),
    allows: (wanted) =>
      reaches(wanted, 'packages/wire/') || ['node:crypto', 'zod'].includes(wanted.specifier),
    instead: 'wire has no I/O and no other dependency: take what you need as an argument.',
  },
  {
    name: 'words imports the types of wire, and itself',
    holds: under('packages/words/'),
    allows: (wanted) => reaches(wanted, 'packages/words/', 'packages/wire/'),
    instead: 'words are data: move the code to the package that shows them.',
  },
  {
    name: 'api imports words, wire, zod and itself',
    holds: under('packages/api/'),
    allows: (wanted) =>
      reaches(wanted, 'packages/api/', 'packages/words/', 'packages/wire/') || wanted.specifier === 'zod',
    instead: 'a contract is data: move the code into packages/node.',
  },
  {
    name: 'web imports api, words, wire, packages and itself',
    holds: under('packages/web/src/'),
    allows: (wanted) =>
      reaches(wanted, 'packages/web/', 'packages/api/', 'packages/words/', 'packages/wire/') ||
      (isModule(wanted) && !wanted.specifier.startsWith('node:')),
    instead: 'the console is a client: ask the node through a route contract in packages/api.',
  },
  {
    name: 'the foundations of the console know no slice',
    holds: (path) => WEB_FOUNDATIONS.includes(webFolderOf(path) ?? ''),
    allows: (wanted, path) => {
      const own = webFolderOf(path)
      const folder = webFolderOf(wanted.target)
      if (wanted.target !== null && folder === null && wanted.target.startsWith(WEB_SOURCE)) {
        return own === 'shell'
      }
      if (own === 'core') return folder === null || folder === 'core'
      if (own === 'ui') return folder === null || folder === 'core' || folder === 'ui'
      return folder === null || WEB_FOUNDATIONS.includes(folder) || (own === 'shell' && folder === 'identity')
    },
    instead: 'let the slice bring it: packages/web/src/slice.ts says what a slice may bring.',
  },
  {
    name: 'the frame and the components of the console name no pillar',
    holds: (path) => ['core', 'ui', 'shell'].includes(webFolderOf(path) ?? ''),
    allows: (wanted) => pillarNamedBy(wanted) === null,
    instead:
      'move it into the slice of its pillar, or into law/ if every slice needs it to show an agreement.',
  },
  {
    name: 'a slice of the console imports foundations, and of another slice only its slice.ts',
    holds: (path) => {
      const folder = webFolderOf(path)
      return folder !== null && !WEB_FOUNDATIONS.includes(folder)
    },
    allows: (wanted, path) => {
      const folder = webFolderOf(wanted.target)
      if (folder === null || folder === webFolderOf(path) || folder === 'shell') return folder !== 'shell'
      return WEB_FOUNDATIONS.includes(folder) || wanted.target === `${WEB_SOURCE}${folder}/slice.ts`
    },
    instead: 'link to its pages by its paths; move what two slices share into a foundation (core, ui, law).',
  },
  {
    name: `cli imports api, words and wire, and node only in ${NODE_COMMANDS.join(', ')}`,
    holds: under('packages/cli/'),
    allows: (wanted, path) =>
      isModule(wanted) ||
      reaches(wanted, 'packages/cli/', 'packages/api/', 'packages/words/', 'packages/wire/') ||
      (reaches(wanted, NODE_SOURCE) && isNodeCommand(path)),
    instead: 'call the running node through the typed client; only the commands that run a node import it.',
  },
  {
    name: 'the offline verifier imports words and wire, and nothing that could reach a network',
    holds: (path) => path.startsWith('packages/cli/') && posix.basename(path).startsWith('verify'),
    allows: (wanted) =>
      reaches(wanted, 'packages/cli/', 'packages/words/', 'packages/wire/') ||
      (isModule(wanted) &&
        !/^(node:)?(net|tls|http|https|http2|dns|dgram)\b|^undici|^ws$|^hono/.test(wanted.specifier)),
    instead: 'evidence must be checkable with no node and no network: work on bytes and packages/wire.',
  },
  {
    name: 'node imports api, words, wire, packages and itself',
    holds: under('packages/node/'),
    allows: (wanted) =>
      isModule(wanted) ||
      reaches(wanted, 'packages/node/', 'packages/api/', 'packages/words/', 'packages/wire/'),
    instead: 'the node knows neither its clients nor its tests: invert the dependency.',
  },
  {
    name: 'the engine of the node knows no pillar',
    holds: (path) => ENGINE.includes(folderOf(path) ?? ''),
    allows: (wanted) => !PILLARS.includes(folderOf(wanted.target) ?? '') && !isListOfPillars(wanted.target),
    instead:
      'let the pillar bring it as a value of `PillarDefinition` or `Part`, in packages/node/src/pillar.ts.',
  },
  {
    name: 'the kernel knows no other room',
    holds: (path) => folderOf(path) === 'kernel',
    allows: (wanted) => ['kernel', null].includes(folderOf(wanted.target)),
    instead: 'take it as an argument: every room depends on the kernel.',
  },
  {
    name: 'a room imports only the rooms before it: kernel, federation, law, identity, gate, console',
    holds: (path) => ENGINE.includes(folderOf(path) ?? ''),
    allows: (wanted, path) =>
      ENGINE.indexOf(folderOf(wanted.target) ?? '') <= ENGINE.indexOf(folderOf(path) ?? ''),
    instead: 'move what both need into the earlier room, or take it as an argument.',
  },
  {
    name: 'a pillar imports the engine and the pure files of other pillars',
    holds: (path) => PILLARS.includes(folderOf(path) ?? ''),
    allows: (wanted, path) => {
      const folder = folderOf(wanted.target)
      if (isListOfPillars(wanted.target)) return false
      if (folder === null || folder === folderOf(path) || ENGINE.includes(folder)) return true
      return wanted.target !== null && suffixOf(wanted.target) === null && !isWiring(wanted.target)
    },
    instead: "use the other pillar's pure functions, and leave writing to its own commands.",
  },
  {
    name: 'a pure file imports pure files and no I/O',
    holds: (path) =>
      [...PILLARS, 'law', 'gate', 'identity', 'federation'].includes(folderOf(path) ?? '') &&
      suffixOf(path) === null &&
      !isWiring(path),
    allows: (wanted) => {
      if (wanted.target === null) return PURE_MODULES.includes(wanted.specifier)
      return (
        folderOf(wanted.target) === 'kernel' ||
        suffixOf(wanted.target) === null ||
        wanted.target.endsWith('.cedar')
      )
    },
    instead: 'take values and return values; move reads and writes into a file with the suffix of its layer.',
  },
  {
    name: 'within a room or pillar, stores import no commands, and commands import no routes or peer handlers',
    holds: (path) =>
      folderOf(path) !== null && folderOf(path) !== 'kernel' && (suffixOf(path) ?? '') in ABOVE,
    allows: (wanted, path) =>
      wanted.target === null ||
      folderOf(wanted.target) !== folderOf(path) ||
      !ABOVE[suffixOf(path) ?? '']?.includes(suffixOf(wanted.target) ?? ''),
    instead: 'routes and peer handlers call commands, and commands call stores, never the reverse.',
  },
  {
    name: 'nothing in packages imports the simulator, the scenario or the benchmarks',
    holds: under('packages/'),
    allows: (wanted) => !reaches(wanted, 'sim/', 'scenario/', 'soak/', 'bench/', 'checks/'),
    instead: 'packages/ must not import test code: move the shared part into packages.',
  },
  {
    name: 'the auditors of the simulator import nothing that they audit',
    holds: (path) => /^sim\/(?:\w+\/)?auditors\//.test(path),
    allows: (wanted) => !PILLARS.includes(folderOf(wanted.target) ?? ''),
    instead: 'compute the expected state in the auditor, so that it does not share the mistakes of the code.',
  },
  {
    name: 'in the simulator and the scenario, only pillars.ts imports a pillar',
    holds: (path) => /^(?:sim|scenario)\/(?!pillars\.ts$)/.test(path),
    allows: ({ target }, path) => [null, trialPillarOf(path)].includes(trialPillarOf(target)),
    instead: 'let the pillar bring it: see sim/pillar.ts and scenario/form.ts.',
  },
]

/** The pillar in the simulator or the scenario that a path is in, or null. */
function trialPillarOf(path: string | null): string | null {
  const folder = /^(?:sim|scenario)\/([a-z]+)\//.exec(path ?? '')?.[1] ?? ''
  return PILLARS.includes(folder) ? folder : null
}

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

  it('has no unused exception', () => {
    const needed = new Set(
      files.flatMap((file) =>
        file.imports.map((wanted) => `${file.path} → ${wanted.target ?? wanted.specifier}`),
      ),
    )
    const stale = EXCEPTIONS.map(({ from, to }) => `${from} → ${to}`).filter((pair) => !needed.has(pair))
    expectNone(stale, 'delete these exceptions.')
  })
})

describe('the check of layers', () => {
  it.each([
    ['packages/wire/src/a.ts', `import { readFileSync } from 'node:fs'`],
    ['packages/words/src/a.ts', `import { route } from '#api/route.ts'`],
    ['packages/api/src/a.ts', `import type { Db } from '#node/kernel/database.ts'`],
    ['packages/web/src/a.tsx', `const a = await import('#node/node.ts')`],
    ['packages/web/src/core/a.ts', `import { paths } from '../exchange/slice.ts'`],
    ['packages/web/src/core/b.ts', `import { Icon } from '../ui/icons.tsx'`],
    ['packages/web/src/ui/a.tsx', `import { agreements } from '#api/agreements.ts'`],
    ['packages/web/src/shell/a.tsx', `import { itemStates } from '#words/exchange.ts'`],
    ['packages/web/src/shell/b.tsx', `import { Part } from '../guide/Guide.tsx'`],
    ['packages/web/src/links/a.tsx', `import { useReport } from '../exchange/drafts/editing.ts'`],
    ['packages/web/src/desk/a.tsx', `import { Frame } from '../shell/Frame.tsx'`],
    ['packages/cli/src/verify.ts', `import { request } from 'undici'`],
    ['packages/cli/src/commands/order.ts', `export { a } from '#node/node.ts'`],
    ['packages/node/src/federation/a.ts', `import '../exchange/terms.ts'`],
    ['packages/node/src/federation/b.ts', `import { nameOf } from '#node/law/nations.ts'`],
    ['packages/node/src/gate/a.ts', `import { PILLARS } from '#node/pillars.ts'`],
    ['packages/node/src/kernel/a.ts', `import '../federation/log.ts'`],
    ['packages/node/src/exchange/item.ts', `import { load } from './exchange.store.ts'`],
    [
      'packages/node/src/exchange/exchange.commands.ts',
      `import { a } from '../logistics/logistics.store.ts'`,
    ],
    ['packages/node/src/exchange/exchange.store.ts', `import { a } from './exchange.commands.ts'`],
    ['packages/node/src/main.ts', `import { a } from '#sim/simulate.ts'`],
    ['sim/auditors/links.ts', `import { a } from '#node/exchange/register/register.ts'`],
    ['sim/exchange/auditors/register.ts', `import { a } from '#node/exchange/register/register.ts'`],
    ['sim/exchange/a.ts', `import { a } from '../logistics/pillar.ts'`],
    ['scenario/play.ts', `import { a } from './exchange/reports.ts'`],
  ])('catches in %s: %s', (path, text) => {
    const file = sourceFile(path, `// a comment\n${text}\n`)
    expect(LAYERS.some((layer) => violationsOf(layer, [file]).length > 0)).toBe(true)
  })

  it('ignores imports in comments', () => {
    const file = sourceFile('packages/wire/src/a.ts', `/* import 'node:fs' */ // from 'node:net'\n`)
    expect(file.imports).toEqual([])
  })
})
