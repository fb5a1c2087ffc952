/** The OpenAPI 3.1 document, made from the same contracts that the server binds (API-1). */
import { z } from 'zod'
import type { Route } from './route.ts'
import { CitationShape, ReasonShape, RefusalShape, StampsShape, VerdictShape } from './shapes.ts'

type Json = Record<string, unknown>

/** Builds the document of these routes. Deterministic. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:([a-zA-Z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Entente node',
      version,
      description:
        'What the console and the command line may call. Every refusal has a code and the articles behind it.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-entente-<nation>' } },
    },
  }
}

function operationOf(route: Route): Json {
  const names = [...route.path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1]!)
  const input = schemaOf(route.input, 'input') as { properties?: Record<string, Json>; required?: string[] }
  const properties = Object.entries(input.properties ?? {})
  const inQuery = route.method === 'GET' || route.bytes === 'request'
  const parameters = properties
    .filter(([name]) => names.includes(name) || inQuery)
    .map(([name, schema]) => ({
      name,
      in: names.includes(name) ? 'path' : 'query',
      required: names.includes(name) || (input.required ?? []).includes(name),
      schema,
    }))
  const body = properties.filter(([name]) => !names.includes(name))
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.name.split('.', 1)[0]],
    ...(route.access === 'person' ? { security: [{ session: [] }] } : { security: [] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestOf(route, body, input.required ?? [], inQuery),
    responses: { '200': answerOf(route), default: refusalAnswer },
  }
}

function requestOf(route: Route, body: [string, Json][], required: string[], inQuery: boolean): Json {
  if (route.bytes === 'request') return { requestBody: { required: true, content: binary } }
  if (inQuery || body.length === 0) return {}
  const needed = required.filter((name) => body.some(([each]) => each === name))
  const schema = {
    type: 'object',
    properties: Object.fromEntries(body),
    ...(needed.length === 0 ? {} : { required: needed }),
  }
  return { requestBody: { required: true, content: { 'application/json': { schema } } } }
}

const binary = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }

const refusalAnswer = {
  description: 'Refused, with a code and articles.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
}

function answerOf(route: Route): Json {
  if (route.bytes === 'reply') return { description: 'Bytes.', content: binary }
  return {
    description: 'Done.',
    content: { 'application/json': { schema: schemaOf(route.reply, 'output') } },
  }
}

/** Shapes that many routes share, each written once. A later one may name the earlier. */
const NAMED: readonly (readonly [string, z.ZodType])[] = [
  ['Citation', CitationShape],
  ['Reason', ReasonShape],
  ['Refusal', RefusalShape],
  ['Stamps', StampsShape],
  ['Verdict', VerdictShape],
]

function namedSchemas(): Json {
  return Object.fromEntries(NAMED.map(([name, type]) => [name, referring(plainSchema(type, 'output'), name)]))
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Json {
  return referring(plainSchema(type, io), null) as Json
}

function plainSchema(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Json
  return schema
}

const texts = new Map(NAMED.map(([name, type]) => [JSON.stringify(plainSchema(type, 'output')), name]))

/** The schema with every named shape in it replaced by a reference; `self` is the one being written out. */
function referring(value: unknown, self: string | null): unknown {
  if (Array.isArray(value)) return value.map((each) => referring(each, null))
  if (typeof value !== 'object' || value === null) return value
  const name = texts.get(JSON.stringify(value))
  if (name !== undefined && name !== self) return { $ref: `#/components/schemas/${name}` }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, referring(each, null)]))
}
