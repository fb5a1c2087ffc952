/** Where code lives: SQL only in stores, pillar names only in pillars. */
import { posix } from 'node:path'
import { ROUTES } from '#api/pillars.ts'
import { describe, expect, it } from 'vitest'
import {
  ENGINE,
  expectNone,
  isTest,
  lineAt,
  sourceFile,
  type SourceFile,
  sourceFiles,
  PILLARS,
} from './source.ts'

const NODE = 'packages/node/src/'
const WIRE = 'packages/wire/src/'
/** A pillar's name as a word: in a string, an identifier or a path. */
const NAME = new RegExp(String.raw`(?<![A-Za-z])(${PILLARS.join('|')})(?![a-z])`, 'g')

/** A hint and the first part of the names of the routes that open pages refetch after it. */
const HINT = /\bhint\(\{ routes: '([a-z]+)'/g

/** Queries, built by Kysely or written as SQL. */
const SQL =
  /\.(?:selectFrom|insertInto|updateTable|deleteFrom|withRecursive)\(|\bsql(?:<[^`]*>)?`|\bsql\.(?:raw|join|ref|id)\b/g

/** Files of the database layer, besides the stores. */
const DATABASE = /\/kernel\/(?:database[\w.]*|migrate|appends|conversation|schema)\.ts$|\.store\.ts$/

/** Types of rows. A store returns types of the domain instead. */
const ROWS = /\b(?:Selectable|Insertable|Updateable)\b|\/schema(?:\.gen)?\.ts/g

/** The folder of a file: a room or a pillar. */
const folderOf = (path: string) => path.slice(NODE.length).split('/', 1)[0] ?? ''

const isEngine = (path: string) => path.startsWith(NODE) && ENGINE.includes(folderOf(path)) && !isTest(path)

/** The engine of wire: everything outside the folders of the pillars and the list of pillars. */
const isWireEngine = (path: string) =>
  path.startsWith(WIRE) &&
  !PILLARS.includes(path.slice(WIRE.length).split('/', 1)[0] ?? '') &&
  path !== `${WIRE}pillars.ts` &&
  !isTest(path)

const isNode = (path: string) => path.startsWith(NODE) && !isTest(path)

function found(file: SourceFile, pattern: RegExp): string[] {
  return [...file.code.matchAll(pattern)].map(
    (match) => `${file.path}:${lineAt(file.code, match.index)} ${match[0]}`,
  )
}

const ROUTE_PREFIXES = new Set(ROUTES.map(({ name }) => name.split('.', 1)[0]))
const hintsOf = (file: SourceFile) =>
  isNode(file.path)
    ? [...file.code.matchAll(HINT)]
        .filter(([, prefix]) => !ROUTE_PREFIXES.has(prefix))
        .map(([hint]) => `${file.path} ${hint}`)
    : []

/** The engine of the simulator and of the scenario: what serves every pillar. */
const isEngineOfTrials = (path: string) =>
  /^(?:sim|scenario)\/(?!pillars\.ts$)/.test(path) &&
  !isTest(path) &&
  !PILLARS.includes(path.split('/')[1] ?? '')

const namesOf = (file: SourceFile) =>
  isEngine(file.path) || isEngineOfTrials(file.path) ? found(file, NAME) : []
const namesInWire = (file: SourceFile) => (isWireEngine(file.path) ? found(file, NAME) : [])
const queriesOf = (file: SourceFile) =>
  isNode(file.path) && !DATABASE.test(file.path) ? found(file, SQL) : []
const rowsOf = (file: SourceFile) =>
  isNode(file.path) && !DATABASE.test(file.path) && !posix.basename(file.path).startsWith('schema.')
    ? found(file, ROWS)
    : []

describe('rooms and pillars', () => {
  const files = sourceFiles()

  it('of the engine in the node name no pillar', () => {
    expect(PILLARS).toContain('exchange')
    expectNone(
      files.filter(({ path }) => isNode(path)).flatMap(namesOf),
      'let the pillar bring it as a value of `PillarDefinition` or `Part`, in packages/node/src/pillar.ts.',
    )
  })

  it('of the engine in wire name no pillar', () => {
    expect(files.some(({ path }) => isWireEngine(path) && path.startsWith(`${WIRE}evidence/`))).toBe(true)
    expectNone(
      files.flatMap(namesInWire),
      'let the pillar bring it as a value of `WirePillar`, in packages/wire/src/pillar.ts.',
    )
  })

  it('query the database only in stores', () => {
    expectNone(files.flatMap(queriesOf), 'move the query into a file that ends in .store.ts.')
  })

  it('hint with the names of routes', () => {
    expectNone(files.flatMap(hintsOf), 'a hint has the first part of the names of routes in packages/api.')
  })

  it('return no rows from stores', () => {
    expectNone(files.flatMap(rowsOf), 'let the store return a type of the domain.')
  })
})

describe('the engine of the simulator and of the scenario', () => {
  it('names no pillar', () => {
    const files = sourceFiles().filter(({ path }) => isEngineOfTrials(path))
    expect(files.map(({ path }) => path)).toContain('sim/simulate.ts')
    expectNone(files.flatMap(namesOf), 'let the pillar bring it: see sim/pillar.ts and scenario/form.ts.')
  })
})

describe('the check of rooms', () => {
  it.each([
    [namesOf, `${NODE}federation/a.ts`, `const kinds = ['exchange.offered']`],
    [namesOf, `${NODE}kernel/a.ts`, `import '../exchange/terms.ts'`],
    [namesOf, 'scenario/a.ts', `import { items } from '#api/exchange/items.ts'`],
    [namesOf, 'sim/auditors/a.ts', `kind === 'exchange.offered'`],
    [namesInWire, `${WIRE}evidence/a.ts`, `statement.kind.startsWith('exchange.')`],
    [namesInWire, `${WIRE}statement.ts`, `import { Proposal } from './exchange/proposal.ts'`],
    [queriesOf, `${NODE}exchange/items/item.commands.ts`, `tx.selectFrom('item')`],
    [queriesOf, `${NODE}federation/apply.commands.ts`, 'await sql`select 1`.execute(tx)'],
    [hintsOf, `${NODE}exchange/items/item.commands.ts`, `act.hint({ routes: 'items', id })`],
    [rowsOf, `${NODE}exchange/items/item.ts`, `import type { Selectable } from 'kysely'`],
  ])('catches, by %o, in %s: %s', (check, path, text) => {
    expect(check(sourceFile(path, text))).not.toEqual([])
  })
})
