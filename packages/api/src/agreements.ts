/** Agreements: the text beside its terms, its dated facts, its status on any day, and what it lets cross. */
import { z } from 'zod'
import { route } from './route.ts'
import { CitationShape, NationCode, SHAPES } from './shapes.ts'

export const StatusShape = z
  .object({
    state: z.string(),
    since: z.string().nullable(),
    /** Why, step by step, in codes with the articles. */
    because: z.array(CitationShape).readonly(),
    nextRenewal: z.string().nullable(),
    lastNoticeDay: z.string().nullable(),
  })
  .register(SHAPES, { id: 'AgreementStatus' })

export const AgreementRowShape = z
  .object({
    instrument: z.string(),
    title: z.record(z.string(), z.string()),
    subject: z.enum(['information', 'logistics']),
    parties: z.array(NationCode),
    status: StatusShape,
    profile: z.string(),
    /** The profile that the partner's node says it holds; null while it has not said. */
    partnerProfile: z.string().nullable(),
    illustrative: z.boolean(),
  })
  .register(SHAPES, { id: 'AgreementRow' })

const AgreementShape = z.object({
  ...AgreementRowShape.shape,
  /** Text by language: `authentic` is true for a language that the instrument itself calls authentic. */
  texts: z.array(
    z.object({
      language: z.string(),
      authentic: z.boolean(),
      official: z.boolean(),
      note: z.string(),
      articles: z.array(
        z.object({
          number: z.string(),
          heading: z.string(),
          paragraphs: z.array(
            z.object({ address: z.string(), text: z.string(), quoted: z.string().nullable() }),
          ),
        }),
      ),
    }),
  ),
  terms: z.array(
    z.object({
      id: z.string(),
      articles: z.array(z.string()),
      kind: z.string(),
      /** What a reader should know of it, by language. */
      note: z.record(z.string(), z.string()).nullable(),
      value: z.unknown(),
    }),
  ),
  facts: z.array(
    z.object({
      date: z.string(),
      kind: z.string(),
      by: NationCode.nullable(),
      /** What happened, by language. */
      text: z.record(z.string(), z.string()),
      source: z.string(),
    }),
  ),
})

/** What a form about a partner needs: who may receive, which markings, categories and purposes. */
const ChoicesShape = z.object({
  partner: NationCode,
  instrument: z.string().nullable(),
  organisations: z.array(z.object({ id: z.string(), name: z.record(z.string(), z.string()) })),
  markings: z.array(z.object({ marking: z.string(), receiverMarkings: z.array(z.string()) })),
  /** Every category and purpose that the console offers, permitted or not. */
  categories: z.array(z.object({ id: z.string(), permitted: z.boolean() })),
  purposes: z.array(z.object({ id: z.string(), permitted: z.boolean() })),
})

export const agreements = {
  list: route({
    name: 'agreements.list',
    method: 'GET',
    path: '/api/agreements',
    summary: 'The instruments that this node holds and their status on a day.',
    access: 'person',
    input: z.object({ on: z.iso.date().optional() }),
    reply: z.object({ rows: z.array(AgreementRowShape) }),
    refusals: [],
  }),
  get: route({
    name: 'agreements.get',
    method: 'GET',
    path: '/api/agreements/:instrument',
    summary: 'One instrument: text beside terms, facts, status on a day.',
    access: 'person',
    input: z.object({ instrument: z.string().max(80), on: z.iso.date().optional() }),
    reply: AgreementShape,
    refusals: ['not_found'],
  }),
  choices: route({
    name: 'agreements.choices',
    method: 'GET',
    path: '/api/choices/:partner',
    summary: 'What a release to a partner may name.',
    access: 'person',
    input: z.object({ partner: NationCode }),
    reply: ChoicesShape,
    refusals: [],
  }),
} as const
