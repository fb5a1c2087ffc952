/**
 * Plays the scripts of this folder against three real nodes with embedded databases, over HTTP and mutual
 * TLS, and compares the transcripts with the golden ones. `npm run scenario -- --update` rewrites the golden
 * files; review the difference.
 */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { play } from './play.ts'
import { openRehearsal, readScript, scriptNames, transcriptPath } from './rehearsal.ts'
import type { Rehearsal } from './rehearsal.ts'

const TIMEOUT_MS = 300_000

describe('the scenario', () => {
  let rehearsal: Rehearsal
  beforeAll(async () => {
    rehearsal = await openRehearsal()
  }, TIMEOUT_MS)
  afterAll(() => rehearsal?.end(), TIMEOUT_MS)

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
