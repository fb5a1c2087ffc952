/** The generated schema files match the migrations; `npm run schema` rewrites them. */

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openBareDatabase } from '#node/kernel/testDatabase.ts'
import { generateSchemaFiles } from './schema.generate.ts'

it('has row types that match the migrations', async () => {
  const database = await openBareDatabase()
  for (const [path, text] of await generateSchemaFiles(database)) {
    expect(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'), path).toBe(text)
  }
  await database.close()
})
