/** The OpenAPI 3.1 document, built from the contracts that the server binds (API-1). */
import { z } from 'zod'
import { ROUTES } from './pillars.ts'
import type { Route } from './route.ts'
import { RefusalShape, SHAPES } from './shapes.ts'
import { statusOf } from './status.ts'

type Json = Record<string, unknown>

/** Builds the document of this API; `version` is the software's. Deterministic. */
export function openApiDocument(version: string): Json {
  const schemas = replySchemas()
  const paths: Record<string, Json> = {}
  for (const route of ROUTES) {
    const path = route.path.replaceAll(/:([a-zA-Z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Entente node',
      version,
      description:
        'What the console and the command line may call. A refusal has codes and the articles behind them.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The node that serves this document.' }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-entente-<nation>',
          description: 'Set by `identity.signIn`; `<nation>` is the nation’s code in lower case.',
        },
      },
    },
  }
}

/** The schemas of the document. A reply shape without a name gets the name of its route. */
function replySchemas(): Record<string, Json> {
  for (const { name, reply } of ROUTES) if (!SHAPES.has(reply)) SHAPES.add(reply, { id: name })
  const { schemas } = z.toJSONSchema(SHAPES, { ...OPTIONS, io: 'output', uri: pointerTo })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]))
}

const OPTIONS = {
  unrepresentable: 'any',
  // `readonly` binds only our own code; in OpenAPI `readOnly` would mean "in replies only".
  override: ({ jsonSchema }: { jsonSchema: { readOnly?: boolean } }) => delete jsonSchema.readOnly,
} as const

function pointerTo(id: string): string {
  return `#/components/schemas/${id}`
}

function refTo(shape: z.ZodType): Json {
  return { $ref: pointerTo(SHAPES.get(shape)!.id) }
}

/** OpenAPI sets the dialect, and a schema is identified by its position in the document. */
function bare({ $schema: _dialect, $id: _id, ...schema }: Json): Json {
  return schema
}

function operationOf(route: Route): Json {
  const input: Json = z.toJSONSchema(route.input, { ...OPTIONS, io: 'input' })
  const inPath = [...route.path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1]!)
  const properties = Object.entries((input['properties'] ?? {}) as Record<string, Json>)
  const required = (input['required'] ?? []) as readonly string[]
  const takesQuery = route.method === 'GET' || route.bytes === 'request'
  const parameters = properties
    .filter(([name]) => inPath.includes(name) || takesQuery)
    .map(([name, schema]) => ({
      name,
      in: inPath.includes(name) ? 'path' : 'query',
      required: inPath.includes(name) || required.includes(name),
      schema,
    }))
  const body = takesQuery ? [] : properties.filter(([name]) => !inPath.includes(name))
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.name.split('.', 1)[0]],
    security: route.access === 'person' ? [{ session: [] }] : [],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestOf(route, body, required),
    responses: { '200': answerOf(route), ...refusalsOf(route) },
  }
}

const BINARY = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }

function requestOf(route: Route, body: readonly [string, Json][], required: readonly string[]): Json {
  if (route.bytes === 'request') return { requestBody: { required: true, content: BINARY } }
  if (body.length === 0) return {}
  const schema = {
    type: 'object',
    properties: Object.fromEntries(body),
    required: required.filter((name) => body.some(([field]) => field === name)),
  }
  return { requestBody: { required: true, content: { 'application/json': { schema } } } }
}

function answerOf(route: Route): Json {
  if (route.bytes === 'reply') return { description: 'Bytes.', content: BINARY }
  return {
    description: 'Done.',
    content: { 'application/json': { schema: refTo(route.reply) } },
  }
}

/** One response for each status with which a route may refuse, listing its codes. */
function refusalsOf(route: Route): Json {
  const statuses = [...new Set(route.refusals.map(statusOf))].sort((one, other) => one - other)
  const content = { 'application/json': { schema: refTo(RefusalShape) } }
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = route.refusals.filter((code) => statusOf(code) === status).map((code) => `\`${code}\``)
      return [String(status), { description: `Refused: ${codes.join(', ')}.`, content }]
    }),
  )
}
