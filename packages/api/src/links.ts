/** Links with partners: their logs, bundles on media, and how a link is opened and frozen. */
import { z } from 'zod'
import { route } from './route.ts'
import type { Immutable } from './route.ts'
import { CanShape, Instant, NationCode, PageQuery, SHAPES, pageOf } from './shapes.ts'

const Partner = { partner: NationCode }

/** One log of a link. */
export const LinkLogShape = z
  .object({
    log: z.string(),
    origin: z.string(),
    size: z.int(),
    root: z.string().nullable(),
    /** The newest size that the receiver of this log has cosigned. */
    cosignedSize: z.int(),
    cosignedAt: Instant.nullable(),
    /** For our log: the statements that the partner has not cosigned, in the log or not in it yet. */
    pending: z.int(),
    /** For the partner's log: how many entries have been applied here. */
    applied: z.int().nullable(),
  })
  .register(SHAPES, { id: 'LinkLog' })

export const LinkShape = z
  .object({
    partner: NationCode,
    state: z.enum(['invited', 'open', 'frozen']),
    frozenCode: z.string().nullable(),
    fingerprint: z.string(),
    suite: z.string(),
    ours: LinkLogShape,
    theirs: LinkLogShape,
    lastContactAt: Instant.nullable(),
    /** How long the oldest pending statement has waited; null if none waits. */
    lagMs: z.int().nullable(),
    unanswered: z.int(),
    failures: z.int(),
    retryAt: Instant.nullable(),
    lastError: z.string().nullable(),
    parked: z.int(),
    national: z.object({ theirsSize: z.int().nullable(), oursSize: z.int().nullable() }),
    can: z.object({ exportBundle: CanShape, importBundle: CanShape }),
  })
  .register(SHAPES, { id: 'Link' })
export type LinkView = Immutable<z.infer<typeof LinkShape>>

export const EntryShape = z.object({
  index: z.int(),
  direction: z.enum(['ours', 'theirs']),
  kind: z.string(),
  statement: z.string(),
  /** The number by which people know the statement's matter; null if it has none. */
  reference: z.string().nullable(),
  matter: z.string().nullable(),
  at: Instant,
  leafHash: z.string(),
  sizeBytes: z.int(),
  state: z.enum(['pending', 'logged', 'cosigned', 'applied', 'parked']),
  code: z.string().nullable(),
})

export const links = {
  list: route({
    name: 'links.list',
    method: 'GET',
    path: '/api/links',
    summary: 'Every link and the state of its two logs.',
    access: 'person',
    input: z.object({}),
    reply: z.object({ rows: z.array(LinkShape) }),
    refusals: [],
  }),
  get: route({
    name: 'links.get',
    method: 'GET',
    path: '/api/links/:partner',
    summary: 'One link.',
    access: 'person',
    input: z.object(Partner),
    reply: LinkShape,
    refusals: ['not_found'],
  }),
  listEntries: route({
    name: 'links.listEntries',
    method: 'GET',
    path: '/api/links/:partner/entries',
    summary: 'Entries of one direction of a link, newest first.',
    access: 'person',
    input: z.object({ ...Partner, ...PageQuery, direction: z.enum(['ours', 'theirs']) }),
    reply: pageOf(EntryShape),
    refusals: ['not_found'],
  }),
  verify: route({
    name: 'links.verify',
    method: 'POST',
    path: '/api/links/:partner/verify',
    summary: 'Recomputes both logs from their entries and checks every signature.',
    access: 'person',
    input: z.object(Partner),
    reply: z.object({
      held: z.boolean(),
      checks: z.array(z.object({ check: z.string(), held: z.boolean(), detail: z.string() })),
      entries: z.int(),
    }),
    refusals: ['not_permitted', 'not_found'],
  }),
  exportBundle: route({
    name: 'links.exportBundle',
    method: 'GET',
    path: '/api/links/:partner/bundle',
    summary: 'Exports what the partner does not have yet, sealed to its node, for removable media.',
    access: 'person',
    input: z.object(Partner),
    reply: z.unknown(),
    bytes: 'reply',
    refusals: ['not_permitted', 'not_found', 'link_frozen', 'link_not_open', 'partner_not_met'],
  }),
  importBundle: route({
    name: 'links.importBundle',
    method: 'PUT',
    path: '/api/bundles',
    summary: 'Imports a bundle from removable media.',
    access: 'person',
    input: z.object({}),
    reply: z.object({ partner: NationCode, size: z.int(), stored: z.int() }),
    bytes: 'request',
    refusals: [
      'not_permitted',
      'link_frozen',
      'link_forked',
      'link_not_open',
      'not_for_us',
      'out_of_order',
      'not_a_bundle',
      'bundle_incomplete',
      'bundle_altered',
      'bundle_unproved',
    ],
  }),
  ownCard: route({
    name: 'links.ownCard',
    method: 'GET',
    path: '/api/card',
    summary: 'The card of this node, for a partner; it holds no secret.',
    access: 'person',
    input: z.object({}),
    reply: z.object({ nation: NationCode, invitation: z.string() }),
    refusals: ['not_permitted'],
  }),
  acceptInvitation: route({
    name: 'links.acceptInvitation',
    method: 'POST',
    path: '/api/invitations',
    summary: 'Accepts a partner’s card; the link opens when the fingerprint has been compared.',
    access: 'person',
    input: z.object({ invitation: z.string().max(60_000) }),
    reply: z.object({ partner: NationCode, fingerprint: z.string() }),
    refusals: ['not_permitted', 'link_exists'],
  }),
  confirm: route({
    name: 'links.confirm',
    method: 'POST',
    path: '/api/links/:partner/confirm',
    summary: 'Opens a link after the operators have compared the fingerprint on both screens.',
    access: 'person',
    input: z.object({ ...Partner, fingerprint: z.string().max(80) }),
    reply: z.object({ partner: NationCode, fingerprint: z.string() }),
    refusals: ['not_permitted', 'not_found', 'wrong_state', 'fingerprint_differs'],
  }),
  freeze: route({
    name: 'links.freeze',
    method: 'POST',
    path: '/api/links/:partner/freeze',
    summary: 'Freezes a link.',
    access: 'person',
    input: z.object(Partner),
    reply: z.object({ partner: NationCode }),
    refusals: ['not_permitted', 'not_found', 'wrong_state'],
  }),
} as const
