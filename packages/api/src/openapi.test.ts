/** The document is valid OpenAPI 3.1, covers every route, and stands in `docs/openapi.json` as it is. */
import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApiDocument } from './openapi.ts'
import { ROUTES } from './routes.ts'

const version = (
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
).version

describe('the OpenAPI document', () => {
  const document = openApiDocument(ROUTES, version)

  it('[API-1] is valid', async () => {
    const result = await new Validator().validate(structuredClone(document))
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
  })

  it('[API-1] has one operation for each route, and names and paths are not given twice', () => {
    const paths = document['paths'] as Record<string, object>
    const operations = Object.values(paths).flatMap(
      (path) => Object.values(path) as { operationId: string }[],
    )
    expect(operations.map((each) => each.operationId).sort()).toEqual(ROUTES.map((each) => each.name).sort())
    expect(new Set(ROUTES.map((each) => each.name)).size).toBe(ROUTES.length)
  })

  it('[API-1] stands in docs/openapi.json; write it anew with: node checks/openapi.generate.ts', () => {
    const file = readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')
    expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(document)))
  })
})
