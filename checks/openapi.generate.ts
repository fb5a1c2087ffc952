/**
 * Prints the OpenAPI document: `npm run openapi > openapi.json`. A running node also serves it at
 * /api/openapi.json.
 */
import { readFileSync } from 'node:fs'
import { openApiDocument } from '#api/openapi.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}
process.stdout.write(`${JSON.stringify(openApiDocument(version), null, 2)}\n`)
