/** The frame of the console: the shell, the desk, the stream of hints, search. */
import { z } from 'zod'
import { desk, pages } from '#words/pillars.ts'
import type { CodeIn } from '#words/pillars.ts'
import { route } from './route.ts'
import { Instant, NationCode, SHAPES } from './shapes.ts'

export type DeskCode = CodeIn<'desk'>
/** A thing with a page of its own. */
const PageName = z.enum(Object.keys(pages) as [CodeIn<'pages'>, ...CodeIn<'pages'>[]])

export const DeskEntryShape = z
  .object({
    id: z.string(),
    what: z.enum(Object.keys(desk) as [DeskCode, ...DeskCode[]]),
    control: z.string().nullable(),
    marking: z.string().nullable(),
    receiverMarking: z.string().nullable(),
    partner: NationCode.nullable(),
    /** Whom we wait for: an office or a nation. */
    waitingOn: z.string().nullable(),
    since: Instant,
    due: Instant.nullable(),
    target: z.object({ page: PageName, id: z.string() }),
  })
  .register(SHAPES, { id: 'DeskEntry' })
export type DeskEntry = z.infer<typeof DeskEntryShape>

const ShellShape = z.object({
  nation: NationCode,
  names: z.record(z.string(), z.record(z.string(), z.string())),
  exercise: z.boolean(),
  /** In an exercise: where the consoles of the other nations are. */
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
   * The markings of every nation, level by level, the highest first: which of those on a screen is the
   * highest. It permits nothing.
   */
  ladder: z.array(z.array(z.string())),
  needsMe: z.int(),
  version: z.string(),
  runtime: z.string(),
})

/** `console` is a global, hence the name. */
export const consoleApi = {
  shell: route({
    name: 'console.shell',
    method: 'GET',
    path: '/api/shell',
    summary: 'What the frame of every page shows.',
    access: 'person',
    input: z.object({}),
    reply: ShellShape,
    refusals: [],
  }),
  desk: route({
    name: 'console.desk',
    method: 'GET',
    path: '/api/desk',
    summary: 'What needs the caller, what waits for others, and what is for information.',
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
    summary: 'Server-sent hints `{slice, id}` of what changed; no content.',
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
    summary: 'Finds matters, articles, people and pages by words; never by content.',
    access: 'person',
    input: z.object({ q: z.string().min(1).max(80) }),
    reply: z.object({
      hits: z.array(
        z.object({
          page: PageName,
          id: z.string(),
          /** A control number or an office, the same in every language; or a name in each language. */
          title: z.union([z.string(), z.record(z.string(), z.string())]),
          detail: z.string(),
        }),
      ),
    }),
    refusals: [],
  }),
} as const
