/** People and sessions: sign-in, passwords, roles, clearances, need-to-know, the partners' directories. */
import { z } from 'zod'
import { route } from './route.ts'
import type { Immutable } from './route.ts'
import { CanShape, Instant, Line, NationCode, Nothing, SHAPES } from './shapes.ts'

/** The closed list of roles. */
export const ROLES = [
  'administrator',
  'treaty_officer',
  'analyst',
  'release_authority',
  'registrar',
  'watch_officer',
  'officer',
  'security_officer',
  'inspector',
  'supply_officer',
  'finance_officer',
] as const
export type Role = (typeof ROLES)[number]

/** An office as an id: `analyst`, `release-authority-2`. */
const PersonId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
  .min(2)
  .max(40)
const Password = z.string().min(1).max(512)
const Roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length)
const Scope = z.string().max(80)
const Reason = Line(300)
const Of = { person: PersonId }

const ClearanceNowShape = z
  .object({ marking: z.string(), valid: z.boolean(), until: Instant })
  .register(SHAPES, { id: 'ClearanceNow' })

const DatedShape = {
  id: z.string(),
  reason: z.string(),
  from: Instant,
  until: Instant,
  grantedBy: z.string(),
  revokedAt: Instant.nullable(),
  holds: z.boolean(),
}
const ClearanceShape = z.object({ ...DatedShape, marking: z.string() })
const GrantShape = z.object({ ...DatedShape, scope: z.string() }).register(SHAPES, { id: 'Grant' })

const PersonFields = {
  id: z.string(),
  office: z.string(),
  organisation: z.string(),
  roles: z.array(z.enum(ROLES)),
  active: z.boolean(),
  activeFrom: Instant,
  activeUntil: Instant.nullable(),
}

export const MeShape = z
  .object({
    nation: NationCode,
    person: z.object(PersonFields),
    authorities: z.array(z.string()),
    keyId: z.string(),
    clearance: ClearanceNowShape.nullable(),
    needToKnow: z.array(GrantShape),
    /** When the session ends without further requests, and when it ends in any case. */
    sessionEndsAt: Instant,
    sessionEndsAtLatest: Instant,
  })
  .register(SHAPES, { id: 'Me' })
export type Me = Immutable<z.infer<typeof MeShape>>

const PersonActionsShape = z.object({
  changeRoles: CanShape,
  renewCode: CanShape,
  withdraw: CanShape,
  grantClearance: CanShape,
  grantNeedToKnow: CanShape,
})

export const PersonRowShape = z
  .object({
    ...PersonFields,
    /** Null if there is none, or the caller may not read records. */
    clearance: ClearanceNowShape.nullable(),
    can: PersonActionsShape,
  })
  .register(SHAPES, { id: 'PersonRow' })
export type PersonRow = Immutable<z.infer<typeof PersonRowShape>>

export const PersonRecordShape = z
  .object({
    ...PersonFields,
    authorities: z.array(z.string()),
    hasPassword: z.boolean(),
    lockedUntil: Instant.nullable(),
    keys: z.array(z.object({ keyId: z.string(), madeAt: Instant, withdrawnAt: Instant.nullable() })),
    clearance: ClearanceNowShape.nullable(),
    clearances: z.array(ClearanceShape),
    needToKnow: z.array(GrantShape),
    can: PersonActionsShape,
  })
  .register(SHAPES, { id: 'PersonRecord' })
export type PersonRecord = Immutable<z.infer<typeof PersonRecordShape>>

const OfficeShape = z
  .object({ person: z.string(), office: z.string(), organisation: z.string() })
  .register(SHAPES, { id: 'Office' })

const PartnerPersonShape = z.object({
  nation: NationCode,
  person: z.string(),
  office: z.string(),
  organisation: z.string(),
  keyId: z.string(),
  authorities: z.array(z.string()),
  from: Instant,
  until: Instant.nullable(),
  enteredIndex: z.int(),
  endedIndex: z.int().nullable(),
  state: z.enum(['standing', 'replaced', 'withdrawn', 'ended']),
})

const Code = z.object({
  person: z.string(),
  /** Shown once: the person sets their password with it. */
  code: z.string(),
  codeEndsAt: Instant,
})

/** Why a new password is refused (ID-12). */
const PASSWORD_REFUSALS = [
  'password_too_short',
  'password_too_long',
  'password_repeats',
  'password_own_words',
] as const

const session = {
  signIn: route({
    name: 'identity.signIn',
    method: 'POST',
    path: '/api/session',
    summary: 'Signs in with a password; the reply sets the session cookie.',
    access: 'anyone',
    input: z.object({ person: z.string().min(1).max(64), password: Password }),
    reply: MeShape,
    refusals: ['wrong_credentials', 'locked_out', 'session_expired'],
  }),
  signOut: route({
    name: 'identity.signOut',
    method: 'DELETE',
    path: '/api/session',
    summary: 'Ends this session.',
    access: 'person',
    input: Nothing,
    reply: Nothing,
    refusals: [],
  }),
  signOutEverywhere: route({
    name: 'identity.signOutEverywhere',
    method: 'DELETE',
    path: '/api/sessions',
    summary: 'Ends every session of the caller.',
    access: 'person',
    input: Nothing,
    reply: z.object({ ended: z.int() }),
    refusals: [],
  }),
  me: route({
    name: 'identity.me',
    method: 'GET',
    path: '/api/me',
    summary: 'Who the caller is, what they may, and when the session ends.',
    access: 'person',
    input: Nothing,
    reply: MeShape,
    refusals: [],
  }),
  setFirstPassword: route({
    name: 'identity.setFirstPassword',
    method: 'POST',
    path: '/api/first-password',
    summary: 'Sets the first password with the one-time code that the administrator gave.',
    access: 'anyone',
    input: z.object({ person: z.string().min(1).max(64), code: z.string().max(64), password: Password }),
    reply: Nothing,
    refusals: ['wrong_credentials', 'locked_out', ...PASSWORD_REFUSALS],
  }),
  changePassword: route({
    name: 'identity.changePassword',
    method: 'PUT',
    path: '/api/me/password',
    summary: 'Changes the caller’s password and ends their other sessions.',
    access: 'person',
    input: z.object({ current: Password, next: Password }),
    reply: Nothing,
    refusals: ['wrong_credentials', 'locked_out', ...PASSWORD_REFUSALS],
  }),
  listOffered: route({
    name: 'identity.listOffered',
    method: 'GET',
    path: '/api/offered-people',
    summary: 'In an exercise, the people one can sign in as; otherwise not found.',
    access: 'anyone',
    input: Nothing,
    reply: z.object({
      nation: NationCode,
      rows: z.array(OfficeShape.extend({ roles: z.array(z.enum(ROLES)) })),
    }),
    refusals: ['not_found'],
  }),
} as const

const people = {
  listPeople: route({
    name: 'identity.listPeople',
    method: 'GET',
    path: '/api/people',
    summary: 'Everyone on this node, and what the caller may do to them.',
    access: 'person',
    input: Nothing,
    reply: z.object({ rows: z.array(PersonRowShape), can: z.object({ create: CanShape }) }),
    refusals: [],
  }),
  getPerson: route({
    name: 'identity.getPerson',
    method: 'GET',
    path: '/api/people/:person',
    summary: 'One person’s record: clearances, need-to-know, keys. Everyone may read their own.',
    access: 'person',
    input: z.object(Of),
    reply: PersonRecordShape,
    refusals: ['not_permitted', 'not_found'],
  }),
  createPerson: route({
    name: 'identity.createPerson',
    method: 'POST',
    path: '/api/people',
    summary: 'Enters an office and returns a one-time code, which is shown once.',
    access: 'person',
    input: z.object({
      id: PersonId,
      office: Line(120),
      organisation: Line(80),
      roles: Roles,
      activeFrom: Instant.optional(),
      activeUntil: Instant.nullable().optional(),
    }),
    reply: Code,
    refusals: ['not_permitted', 'id_taken'],
  }),
  changeRoles: route({
    name: 'identity.changeRoles',
    method: 'PUT',
    path: '/api/people/:person/roles',
    summary: 'Replaces a person’s roles; partners are told when authorities change.',
    access: 'person',
    input: z.object({ ...Of, roles: Roles, reason: Reason }),
    reply: Nothing,
    refusals: ['not_permitted', 'not_found', 'person_withdrawn'],
  }),
  renewCode: route({
    name: 'identity.renewCode',
    method: 'POST',
    path: '/api/people/:person/code',
    summary:
      'Issues a new one-time code for a lost password; withdraws the person’s key and ends their sessions.',
    access: 'person',
    input: z.object({ ...Of, reason: Reason }),
    reply: Code,
    refusals: ['not_permitted', 'not_found', 'person_withdrawn'],
  }),
  withdrawPerson: route({
    name: 'identity.withdrawPerson',
    method: 'POST',
    path: '/api/people/:person/withdrawal',
    summary: 'Ends a person’s activity now: sessions, key, and their entry in the partners’ directories.',
    access: 'person',
    input: z.object({ ...Of, reason: Reason }),
    reply: Nothing,
    refusals: ['not_permitted', 'not_found', 'person_withdrawn', 'last_administrator'],
  }),
} as const

const rights = {
  grantClearance: route({
    name: 'identity.grantClearance',
    method: 'POST',
    path: '/api/people/:person/clearances',
    summary: 'Grants a clearance to a marking of this nation, with dates.',
    access: 'person',
    input: z.object({
      ...Of,
      marking: z.string().max(40),
      reason: Reason,
      from: Instant.optional(),
      until: Instant,
    }),
    reply: z.object({ id: z.string() }),
    refusals: ['not_permitted', 'not_found', 'person_withdrawn'],
  }),
  revokeClearance: route({
    name: 'identity.revokeClearance',
    method: 'POST',
    path: '/api/clearances/:clearance/revocation',
    summary: 'Revokes a clearance with immediate effect.',
    access: 'person',
    input: z.object({ clearance: z.string().max(64), reason: Reason }),
    reply: Nothing,
    refusals: ['not_permitted', 'not_found', 'already_done'],
  }),
  grantNeedToKnow: route({
    name: 'identity.grantNeedToKnow',
    method: 'POST',
    path: '/api/people/:person/need-to-know',
    summary: 'Grants need-to-know for one matter (`matter:<id>`) or one category (`category:<code>`).',
    access: 'person',
    input: z.object({ ...Of, scope: Scope, reason: Reason, from: Instant.optional(), until: Instant }),
    reply: z.object({ id: z.string() }),
    refusals: ['not_permitted', 'not_found', 'person_withdrawn'],
  }),
  revokeNeedToKnow: route({
    name: 'identity.revokeNeedToKnow',
    method: 'POST',
    path: '/api/need-to-know/:grant/revocation',
    summary: 'Revokes a need-to-know grant with immediate effect.',
    access: 'person',
    input: z.object({ grant: z.string().max(64), reason: Reason }),
    reply: Nothing,
    refusals: ['not_permitted', 'not_found', 'already_done'],
  }),
  listHelpers: route({
    name: 'identity.listHelpers',
    method: 'GET',
    path: '/api/helpers/:need',
    summary: 'Whom to ask for a clearance or a need-to-know grant.',
    access: 'person',
    input: z.object({ need: z.enum(['clearance', 'need-to-know']) }),
    reply: z.object({ rows: z.array(OfficeShape) }),
    refusals: [],
  }),
  listDirectory: route({
    name: 'identity.listDirectory',
    method: 'GET',
    path: '/api/directory',
    summary: 'What partners have stated about their people: office, key, authorities, dates.',
    access: 'person',
    input: z.object({ nation: NationCode.optional() }),
    reply: z.object({ rows: z.array(PartnerPersonShape) }),
    refusals: [],
  }),
} as const

export const identity = { ...session, ...people, ...rights } as const
