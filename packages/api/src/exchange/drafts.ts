/** Drafts: writing a report, submitting and approving it; the second approval releases it. */
import { z } from 'zod'
import { route } from '../route.ts'
import { Line, NationCode, PageQuery, pageOf } from '../shapes.ts'
import { GATE_CODES_OF_APPROVE, GATE_CODES_OF_RELEASE, GATE_CODES_OF_SUBMIT } from './gateCodes.ts'
import { Digest, DraftRowShape, DraftShape, ReleaseVerdictShape } from './shapes.ts'

const DraftId = { draft: z.string().max(64) }
const RoutingFields = {
  partner: NationCode,
  organisation: z.string().max(80),
  marking: z.string().max(40),
  /** Required only if the agreement leaves a choice. */
  receiverMarking: z.string().max(40).optional(),
  category: z.string().max(60),
  purpose: z.string().max(60),
  /** Control numbers of received items that the content derives from. */
  derivedFrom: z.array(z.string().max(40)).max(16).default([]),
}

const DraftFields = {
  ...RoutingFields,
  title: Line(200),
  /** The report itself, unless it is uploaded. */
  text: z.string().max(200_000).optional(),
}

/** The choices of the compose form for a partner: recipients, markings, categories and purposes. */
const ChoicesShape = z.object({
  partner: NationCode,
  instrument: z.string().nullable(),
  organisations: z.array(z.object({ id: z.string(), name: z.record(z.string(), z.string()) })),
  markings: z.array(z.object({ marking: z.string(), receiverMarkings: z.array(z.string()) })),
  /** Every category and purpose that the console offers, permitted or not. */
  categories: z.array(z.object({ id: z.string(), permitted: z.boolean() })),
  purposes: z.array(z.object({ id: z.string(), permitted: z.boolean() })),
})

export const drafts = {
  choices: route({
    name: 'exchange.drafts.choices',
    method: 'GET',
    path: '/api/choices/:partner',
    summary: 'The recipients, markings, categories and purposes that a release to a partner may name.',
    access: 'person',
    input: z.object({ partner: NationCode }),
    reply: ChoicesShape,
    refusals: [],
  }),

  verdict: route({
    name: 'exchange.drafts.verdict',
    method: 'POST',
    path: '/api/verdict',
    summary: 'What refuses a submission with these particulars, and what its release would wait for.',
    access: 'person',
    input: z.object(RoutingFields),
    reply: ReleaseVerdictShape,
    refusals: [],
  }),
  list: route({
    name: 'exchange.drafts.list',
    method: 'GET',
    path: '/api/drafts',
    summary: 'Drafts that the caller wrote or may approve, without their content.',
    access: 'person',
    input: z.object({ ...PageQuery }),
    reply: pageOf(DraftRowShape),
    refusals: [],
  }),
  create: route({
    name: 'exchange.drafts.create',
    method: 'POST',
    path: '/api/drafts',
    summary: 'Creates the draft of a report.',
    access: 'person',
    input: z.object(DraftFields),
    reply: DraftShape,
    refusals: ['not_permitted', 'not_found'],
  }),
  get: route({
    name: 'exchange.drafts.get',
    method: 'GET',
    path: '/api/drafts/:draft',
    summary: 'One draft, as its author or a release authority sees it.',
    access: 'person',
    input: z.object(DraftId),
    reply: DraftShape,
    refusals: ['not_permitted', 'not_found'],
  }),
  edit: route({
    name: 'exchange.drafts.edit',
    method: 'PUT',
    path: '/api/drafts/:draft',
    summary: 'Changes a draft; approvals of the earlier text become void.',
    access: 'person',
    input: z.object({ ...DraftId, ...DraftFields }),
    reply: DraftShape,
    refusals: ['not_found', 'not_permitted', 'wrong_state'],
  }),
  uploadContent: route({
    name: 'exchange.drafts.uploadContent',
    method: 'PUT',
    path: '/api/drafts/:draft/content',
    summary: 'Streams a file into a draft; it is sealed as it arrives.',
    access: 'person',
    input: z.object({
      ...DraftId,
      fileName: Line(200),
      mediaType: z.string().min(1).max(120),
    }),
    reply: DraftShape,
    bytes: 'request',
    refusals: ['not_found', 'not_permitted', 'wrong_state'],
  }),
  readContent: route({
    name: 'exchange.drafts.readContent',
    method: 'GET',
    path: '/api/drafts/:draft/content',
    summary: 'The file of a draft, for its author and its release authorities.',
    access: 'person',
    input: z.object(DraftId),
    reply: z.unknown(),
    bytes: 'reply',
    refusals: ['not_permitted', 'not_found', ...GATE_CODES_OF_APPROVE],
  }),
  submit: route({
    name: 'exchange.drafts.submit',
    method: 'POST',
    path: '/api/drafts/:draft/submit',
    summary: 'Signs the proposal as its author and submits it to the release authorities.',
    access: 'person',
    input: z.object(DraftId),
    reply: DraftShape,
    refusals: ['not_found', 'not_permitted', 'wrong_state', ...GATE_CODES_OF_SUBMIT],
  }),
  approve: route({
    name: 'exchange.drafts.approve',
    method: 'POST',
    path: '/api/drafts/:draft/approve',
    summary: 'Signs the digest as a release authority; the second signature releases.',
    access: 'person',
    input: z.object({ ...DraftId, digest: Digest }),
    reply: DraftShape,
    refusals: [
      'not_found',
      'wrong_state',
      'digest_differs',
      'already_done',
      ...GATE_CODES_OF_APPROVE,
      ...GATE_CODES_OF_RELEASE,
    ],
  }),
  refuse: route({
    name: 'exchange.drafts.refuse',
    method: 'POST',
    path: '/api/drafts/:draft/refuse',
    summary: 'Refuses as a release authority, with a reason; the draft returns to its author.',
    access: 'person',
    input: z.object({ ...DraftId, digest: Digest, reason: z.string().min(3).max(1000) }),
    reply: DraftShape,
    refusals: ['not_found', 'wrong_state', 'digest_differs', 'already_done', ...GATE_CODES_OF_APPROVE],
  }),
} as const
