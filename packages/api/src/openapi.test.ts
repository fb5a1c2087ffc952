/** The document is valid OpenAPI 3.1 and covers every route with its refusals. */
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApiDocument } from './openapi.ts'
import { ROUTES } from './pillars.ts'
import { EVERY_ROUTE } from './route.ts'
import { statusOf } from './status.ts'

interface Operation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, { readonly description: string }>>
}

describe('the OpenAPI document', () => {
  const document = openApiDocument('1.2.3')
  const paths = document['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>
  const operations = new Map(
    Object.values(paths)
      .flatMap((path) => Object.values(path))
      .map((operation) => [operation.operationId, operation]),
  )

  it('[API-1] is valid', async () => {
    const result = await new Validator().validate(structuredClone(document))
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
  })

  it('[API-1] has one operation for each route, and no duplicate name or path', () => {
    expect([...operations.keys()].sort()).toEqual(ROUTES.map((route) => route.name).sort())
    expect(new Set(ROUTES.map((route) => `${route.method} ${route.path}`)).size).toBe(ROUTES.length)
  })

  it('[API-1] names every code with which a route may refuse, under the status that carries it', () => {
    for (const route of ROUTES) {
      expect(route.refusals).toEqual(expect.arrayContaining([...EVERY_ROUTE]))
      const { responses } = operations.get(route.name)!
      for (const code of route.refusals) {
        expect(responses[statusOf(code)]?.description, `${route.name} ${code}`).toContain(`\`${code}\``)
      }
    }
  })

  it('[API-1] every reference in it resolves to a schema', () => {
    const { schemas } = document['components'] as { schemas: Record<string, unknown> }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
    expect(references.length).toBeGreaterThan(100)
    for (const [, id = ''] of references) expect(schemas, id).toHaveProperty([id])
  })
})
