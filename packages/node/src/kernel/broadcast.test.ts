/** Two processes on one PostgreSQL hear of each other's commits. */
import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import pg from 'pg'
import { openBroadcast } from './broadcast.hub.ts'
import type { Broadcast } from './broadcast.hub.ts'
import type { Hint } from './command.ts'
import { testServer } from './testDatabase.ts'

describe('hints between processes', () => {
  const url = testServer()
  const open: Broadcast[] = []
  afterEach(async () => {
    for (const broadcast of open.splice(0)) await broadcast.close()
  })
  const start = (schema: string) => {
    const heard: Hint[] = []
    const broadcast = openBroadcast({ url, schema, heard: (hints) => heard.push(...hints) })
    open.push(broadcast)
    return { broadcast, heard }
  }
  const hint = (id: string): Hint => ({ routes: 'exchange', id })
  /** Repeats a hint until the other process gets it: neither connects at once. */
  const tellUntil = async (from: Broadcast, heard: readonly Hint[], id: string) => {
    await expect
      .poll(() => (from.tell([hint(id)]), heard.map((received) => received.id)), { timeout: 10_000 })
      .toContain(id)
  }

  it('[API-6] reach the other processes of the nation, not the sender, and no other nation', async () => {
    const schema = `test_${randomBytes(6).toString('hex')}`
    const [one, two, other] = [start(schema), start(schema), start(`${schema}_other`)]
    await tellUntil(one.broadcast, two.heard, 'a')
    await tellUntil(two.broadcast, one.heard, 'b')
    const many = Array.from({ length: 300 }, (_, index) => hint(`${'x'.repeat(40)}${index}`))
    one.broadcast.tell(many)
    await expect.poll(() => two.heard.slice(-300), { timeout: 10_000 }).toEqual(many)
    expect(one.heard.every(({ id }) => id === 'b')).toBe(true)
    expect(other.heard).toEqual([])
  })

  it('[API-6] arrive again after the connection was lost', async () => {
    const schema = `test_${randomBytes(6).toString('hex')}`
    const [one, two] = [start(schema), start(schema)]
    await tellUntil(one.broadcast, two.heard, 'before')
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
      `${schema}.hints`,
    ])
    await client.end()
    await tellUntil(one.broadcast, two.heard, 'after')
  })
})
