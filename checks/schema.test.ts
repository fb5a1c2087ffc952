/** The generated schema files are those of the migrations; `checks/schema.generate.ts` writes them anew. */

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openDatabase } from '#node/kernel/database.ts'
import { migrate } from '#node/kernel/migrate.ts'
import { createServerDatabase } from '#node/kernel/testDatabase.ts'
import { systemWorld } from '#node/world.system.ts'
import { generateSchemaFiles } from './schema.generate.ts'

it('has row types and a dump that match the migrations', async () => {
  const server = await createServerDatabase()
  const database = await openDatabase(server)
  await migrate(database, systemWorld)
  for (const [path, text] of await generateSchemaFiles(database)) {
    expect(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'), path).toBe(text)
  }
  await database.close()
  await server.drop()
})
