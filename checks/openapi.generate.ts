/** Writes docs/openapi.json from the contracts. */
import { readFileSync, writeFileSync } from 'node:fs'
import { openApiDocument } from '#api/openapi.ts'
import { ROUTES } from '#api/routes.ts'

const root = new URL('../', import.meta.url)
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string }
writeFileSync(
  new URL('docs/openapi.json', root),
  `${JSON.stringify(openApiDocument(ROUTES, version), null, 2)}\n`,
)
