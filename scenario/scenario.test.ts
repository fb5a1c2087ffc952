/**
 * The scripts of this folder against three real nodes over HTTP and mutual TLS, each with its transcript compared with
 * the one that is kept. `npm run scenario -- --update` writes them anew; look at the difference before keeping it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createServerDatabase } from '#node/kernel/testDatabase.ts'
import type { ServerDatabase } from '#node/kernel/testDatabase.ts'
import { play } from './play.ts'
import { openRehearsal, readScript, scriptNames, transcriptPath } from './rehearsal.ts'
import type { Rehearsal } from './rehearsal.ts'

const TIMEOUT_MS = 300_000

const SERVER = process.env['TEST_DATABASE_URL'] ?? ''

describe.each(SERVER === '' ? ['PGlite'] : ['PGlite', 'PostgreSQL'])('the scenario (%s)', (engine) => {
  let rehearsal: Rehearsal
  let database: ServerDatabase | null = null
  beforeAll(async () => {
    if (engine === 'PostgreSQL') database = await createServerDatabase(SERVER)
    rehearsal = await openRehearsal(database === null ? {} : { databaseUrl: database.url })
  }, TIMEOUT_MS)
  afterAll(async () => {
    await rehearsal?.end()
    await database?.drop()
  }, TIMEOUT_MS)

  it.each(scriptNames())(
    '%s',
    async (name) => {
      const path = transcriptPath(name)
      const transcript = await play(readScript(name), rehearsal.stage())
      expect(transcript).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '')
    },
    TIMEOUT_MS,
  )
})
