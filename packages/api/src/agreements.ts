/** Agreements: text beside terms, dated facts, and status on any day. */
import { z } from 'zod'
import { route } from './route.ts'
import { CitationShape, NationCode, SHAPES } from './shapes.ts'

export const StatusShape = z
  .object({
    state: z.string(),
    since: z.string().nullable(),
    /** The reasons, step by step, as articles. */
    because: z.array(CitationShape).readonly(),
    nextRenewal: z.string().nullable(),
    lastNoticeDay: z.string().nullable(),
  })
  .register(SHAPES, { id: 'AgreementStatus' })

export const AgreementRowShape = z
  .object({
    instrument: z.string(),
    title: z.record(z.string(), z.string()),
    /** What it is about: `information`, `logistics`. */
    subject: z.string(),
    parties: z.array(NationCode),
    status: StatusShape,
    profile: z.string(),
    /** The profile that the partner's node last declared; null if it has declared none. */
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
      /** A note for the reader, by language. */
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

export const agreements = {
  list: route({
    name: 'agreements.list',
    method: 'GET',
    path: '/api/agreements',
    summary: 'The instruments that this node holds, with their status on a day.',
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
} as const
