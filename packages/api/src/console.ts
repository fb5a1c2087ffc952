/** The frame of the console: the shell, the desk, the stream of hints, search. */
import { z } from 'zod'
import { desk, pages } from '#words/pillars.ts'
import type { CodeIn } from '#words/pillars.ts'
import { route } from './route.ts'
import type { Immutable } from './route.ts'
import { Instant, NationCode, SHAPES, StampsShape } from './shapes.ts'

export type DeskCode = CodeIn<'desk'>
/** A kind of page that an entry or a search hit links to. */
const PageName = z.enum(Object.keys(pages) as [CodeIn<'pages'>, ...CodeIn<'pages'>[]])

export const DeskEntryShape = z
  .object({
    id: z.string(),
    what: z.enum(Object.keys(desk) as [DeskCode, ...DeskCode[]]),
    /** The number by which people know the matter; null if it has none. */
    reference: z.string().nullable(),
    /** The markings of a classified matter. */
    stamps: StampsShape.exactOptional(),
    partner: NationCode.nullable(),
    /** The office or nation that must act next. */
    waitingOn: z.string().nullable(),
    since: Instant,
    due: Instant.nullable(),
    target: z.object({ page: PageName, id: z.string() }),
  })
  .register(SHAPES, { id: 'DeskEntry' })
export type DeskEntry = Immutable<z.infer<typeof DeskEntryShape>>

/** Says that something changed, so that open pages refetch it; carries no content (API-6). */
export const HintShape = z.strictObject({
  /** The first part of the names of the routes whose replies may have changed; null for every route. */
  routes: z.string().nullable(),
  /** The matter, link or person that changed; null if replies about any of them may have. */
  id: z.string().nullable(),
})
export type Hint = Immutable<z.infer<typeof HintShape>>

const SearchHitShape = z.object({
  page: PageName,
  id: z.string(),
  /** A control number or an office, which is the same in every language; or a name by language. */
  title: z.union([z.string(), z.record(z.string(), z.string())]),
  detail: z.string(),
})
export type SearchHit = Immutable<z.infer<typeof SearchHitShape>>

const ShellShape = z.object({
  nation: NationCode,
  names: z.record(z.string(), z.record(z.string(), z.string())),
  exercise: z.boolean(),
  /** In an exercise: the consoles of the other nations. */
  consoles: z.array(z.object({ nation: NationCode, url: z.string() })),
  now: Instant,
  partners: z.array(
    z.object({
      nation: NationCode,
      state: z.string(),
      lagMs: z.int().nullable(),
      unanswered: z.int(),
      pending: z.int(),
    }),
  ),
  /**
   * The markings of every nation, level by level, the highest first. The console finds the highest marking on
   * a page with it; it permits nothing.
   */
  ladder: z.array(z.array(z.string())),
  needsMe: z.int(),
  version: z.string(),
  runtime: z.string(),
})

/** Not called `console`, which is a global. */
export const consoleApi = {
  shell: route({
    name: 'console.shell',
    method: 'GET',
    path: '/api/shell',
    summary: 'Data for the frame of every page.',
    access: 'person',
    input: z.object({}),
    reply: ShellShape,
    refusals: [],
  }),
  desk: route({
    name: 'console.desk',
    method: 'GET',
    path: '/api/desk',
    summary: 'What the caller has to do, what waits for others, and information.',
    access: 'person',
    input: z.object({}),
    reply: z.object({
      needsMe: z.array(DeskEntryShape),
      waiting: z.array(DeskEntryShape),
      information: z.array(DeskEntryShape),
    }),
    refusals: [],
  }),
  stream: route({
    name: 'console.stream',
    method: 'GET',
    path: '/api/stream',
    summary:
      'Server-sent hints `{routes, id}`: which routes’ replies may have changed, about what; without content.',
    access: 'person',
    input: z.object({}),
    reply: z.unknown(),
    bytes: 'reply',
    refusals: [],
  }),
  search: route({
    name: 'console.search',
    method: 'GET',
    path: '/api/search',
    summary: 'Finds matters, instruments and offices by number or name; never looks into content.',
    access: 'person',
    input: z.object({ q: z.string().min(1).max(80) }),
    reply: z.object({ hits: z.array(SearchHitShape) }),
    refusals: [],
  }),
} as const
