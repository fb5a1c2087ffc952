/** What a client sees of an unexpected error. */
import { z } from 'zod'
import { expect, it } from 'vitest'
import { route } from '#api/route.ts'
import { bindOpen } from './bind.ts'
import { DatabaseError } from './databaseError.ts'
import { createHttp } from './http.ts'

const anything = route({
  name: 'anything',
  method: 'GET',
  path: '/api/anything',
  summary: 'Fails.',
  access: 'anyone',
  input: z.object({}),
  reply: z.object({}),
  refusals: [],
})

it.each([
  [new DatabaseError('database_unreachable', 'The database does not answer.'), 503, 'unavailable'],
  [new DatabaseError('disk_full', 'The disk is full.'), 503, 'unavailable'],
  [new DatabaseError('migration_failed', 'A migration failed.'), 500, 'internal'],
  [new Error('a mistake of ours'), 500, 'internal'],
])('tells %s by a code and an id, and nothing of it', async (error, status, code) => {
  const reported: unknown[] = []
  const app = createHttp({
    nation: 'JP',
    bindings: [bindOpen(anything, async () => Promise.reject(error))],
    authenticate: async () => null,
    report: (thrown) => (reported.push(thrown), 'id'),
    document: {},
  })
  const response = await app.request('/api/anything')
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({
    refused: true,
    reasons: [{ code, because: [] }],
    reference: 'id',
  })
  expect(reported).toEqual([error])
})
