/** Links and their logs, bundles on media, decisions, the live stream, search. */
import { z } from 'zod'
import { route } from './route.ts'
import { CanShape, CitationShape, Instant, NationCode, PageQuery, ReasonShape, pageOf } from './shapes.ts'

const Partner = { partner: NationCode }

export const TapeShape = z.object({
  log: z.string(),
  origin: z.string(),
  size: z.int(),
  root: z.string().nullable(),
  /** The newest size that the reader of this log has cosigned. */
  cosignedSize: z.int(),
  cosignedAt: Instant.nullable(),
  pending: z.int(),
  /** For the partner's log: how many entries have had their effect here. */
  applied: z.int().nullable(),
})

export const LinkShape = z.object({
  partner: NationCode,
  name: z.record(z.string(), z.string()),
  state: z.enum(['invited', 'open', 'frozen', 'closed']),
  frozenCode: z.string().nullable(),
  fingerprint: z.string(),
  suite: z.string(),
  ours: TapeShape,
  theirs: TapeShape,
  lastContactAt: Instant.nullable(),
  lagMs: z.int().nullable(),
  unanswered: z.int(),
  failures: z.int(),
  retryAt: Instant.nullable(),
  lastError: z.string().nullable(),
  parked: z.int(),
  national: z.object({ theirsSize: z.int().nullable(), oursSize: z.int().nullable() }),
  can: z.object({ exportBundle: CanShape, importBundle: CanShape }),
})
export type LinkView = z.infer<typeof LinkShape>

export const EntryShape = z.object({
  index: z.int(),
  direction: z.enum(['ours', 'theirs']),
  kind: z.string(),
  statement: z.string(),
  control: z.string().nullable(),
  matter: z.string().nullable(),
  at: Instant,
  leafHash: z.string(),
  sizeBytes: z.int(),
  state: z.enum(['pending', 'logged', 'cosigned', 'applied', 'parked']),
  code: z.string().nullable(),
})

const DecisionShape = z.object({
  id: z.string(),
  act: z.string(),
  actor: z.string(),
  at: Instant,
  permitted: z.boolean(),
  reasons: z.array(ReasonShape),
  because: z.array(CitationShape),
  profile: z.string().nullable(),
  policy: z.string(),
  inputs: z.unknown(),
  /** The stored inputs were decided again with the stored policies just now. */
  replay: z.object({ same: z.boolean() }),
})

export const DeskEntryShape = z.object({
  id: z.string(),
  what: z.enum([
    'finish_draft',
    'draft_refused',
    'approve',
    'open',
    'receipt',
    'await_approval',
    'await_acceptance',
    'await_opening',
    'give_assurance',
    'assurance_ends',
    'link_frozen',
    'link_silent',
    'entry_parked',
    'reconcile',
    'released',
    'receipted',
    'refused_there',
  ]),
  control: z.string().nullable(),
  marking: z.string().nullable(),
  receiverMarking: z.string().nullable(),
  partner: NationCode.nullable(),
  /** Whom we wait for: an office or a nation. */
  waitingOn: z.string().nullable(),
  since: Instant,
  due: Instant.nullable(),
  target: z.object({ page: z.enum(['item', 'draft', 'link', 'register', 'people']), id: z.string() }),
})
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
  needsMe: z.int(),
  version: z.string(),
  runtime: z.string(),
})

export const federation = {
  shell: route({
    name: 'federation.shell',
    method: 'GET',
    path: '/api/shell',
    summary: 'What the frame of every page shows.',
    access: 'person',
    input: z.object({}),
    reply: ShellShape,
  }),
  desk: route({
    name: 'federation.desk',
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
  }),
  stream: route({
    name: 'federation.stream',
    method: 'GET',
    path: '/api/stream',
    summary: 'Server-sent hints `{slice, id}` of what changed; no content.',
    access: 'person',
    input: z.object({}),
    reply: z.unknown(),
    bytes: 'reply',
  }),
  search: route({
    name: 'federation.search',
    method: 'GET',
    path: '/api/search',
    summary: 'Finds matters, articles, people and pages by words; never by content.',
    access: 'person',
    input: z.object({ q: z.string().min(1).max(80) }),
    reply: z.object({
      hits: z.array(
        z.object({
          page: z.enum(['item', 'draft', 'agreement', 'person', 'link']),
          id: z.string(),
          /** A control number or an office, the same in every language; or a name in each language. */
          title: z.union([z.string(), z.record(z.string(), z.string())]),
          detail: z.string(),
        }),
      ),
    }),
  }),
  listLinks: route({
    name: 'federation.listLinks',
    method: 'GET',
    path: '/api/links',
    summary: 'Every link and the state of its two logs.',
    access: 'person',
    input: z.object({}),
    reply: z.object({ rows: z.array(LinkShape) }),
  }),
  getLink: route({
    name: 'federation.getLink',
    method: 'GET',
    path: '/api/links/:partner',
    summary: 'One link.',
    access: 'person',
    input: z.object(Partner),
    reply: LinkShape,
  }),
  listEntries: route({
    name: 'federation.listEntries',
    method: 'GET',
    path: '/api/links/:partner/entries',
    summary: 'Entries of one direction of a link, newest first.',
    access: 'person',
    input: z.object({ ...Partner, ...PageQuery, direction: z.enum(['ours', 'theirs']) }),
    reply: pageOf(EntryShape),
  }),
  verifyLink: route({
    name: 'federation.verifyLink',
    method: 'POST',
    path: '/api/links/:partner/verify',
    summary: 'Recomputes both logs from their entries and checks every signature now.',
    access: 'person',
    input: z.object(Partner),
    reply: z.object({
      held: z.boolean(),
      checks: z.array(z.object({ check: z.string(), held: z.boolean(), detail: z.string() })),
      entries: z.int(),
    }),
  }),
  exportBundle: route({
    name: 'federation.exportBundle',
    method: 'GET',
    path: '/api/links/:partner/bundle',
    summary: 'What the partner does not have yet, sealed to its node, for removable media.',
    access: 'person',
    input: z.object(Partner),
    reply: z.unknown(),
    bytes: 'reply',
  }),
  importBundle: route({
    name: 'federation.importBundle',
    method: 'PUT',
    path: '/api/bundles',
    summary: 'Takes in a bundle that came on media.',
    access: 'person',
    input: z.object({}),
    reply: z.object({ partner: NationCode, size: z.int(), stored: z.int() }),
    bytes: 'request',
  }),
  ownCard: route({
    name: 'federation.ownCard',
    method: 'GET',
    path: '/api/card',
    summary: 'The card of this node, to be handed to a partner; it holds no secret.',
    access: 'person',
    input: z.object({}),
    reply: z.object({ nation: NationCode, invitation: z.string() }),
  }),
  acceptInvitation: route({
    name: 'federation.acceptInvitation',
    method: 'POST',
    path: '/api/invitations',
    summary: "Takes in a partner's card; the link opens when the fingerprint has been compared.",
    access: 'person',
    input: z.object({ invitation: z.string().max(60_000) }),
    reply: z.object({ partner: NationCode, fingerprint: z.string() }),
  }),
  confirmLink: route({
    name: 'federation.confirmLink',
    method: 'POST',
    path: '/api/links/:partner/confirm',
    summary: 'Opens a link after two people compared the fingerprint on two screens.',
    access: 'person',
    input: z.object({ ...Partner, fingerprint: z.string().max(80) }),
    reply: z.object({ partner: NationCode, fingerprint: z.string() }),
  }),
  freezeLink: route({
    name: 'federation.freezeLink',
    method: 'POST',
    path: '/api/links/:partner/freeze',
    summary: 'Stops a link by hand.',
    access: 'person',
    input: z.object(Partner),
    reply: z.object({ partner: NationCode }),
  }),
  explain: route({
    name: 'federation.explain',
    method: 'GET',
    path: '/api/decisions/:decision',
    summary: 'A recorded decision, decided again from what was stored.',
    access: 'person',
    input: z.object({ decision: z.string().max(64) }),
    reply: DecisionShape,
  }),
} as const
