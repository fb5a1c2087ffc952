/** Rows that an act only adds: written together at its end. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refuse } from '#api/refusals.ts'
import { createActs, withRecord } from './command.ts'
import type { Act, Acts, Hint } from './command.ts'
import type { Database } from './database.ts'
import { openTestDatabase } from './testDatabase.ts'

describe('appended rows', () => {
  let database: Database
  let acts: Acts
  beforeAll(async () => {
    database = await openTestDatabase()
    const world = { now: () => 1_000_000_000_000, random: (sizeBytes: number) => new Uint8Array(sizeBytes) }
    acts = createActs({ database, world, nation: 'JP', announce: () => undefined })
  })
  afterAll(() => database.close())
  beforeEach(() => database.query.deleteFrom('log_pending').execute())

  const pendingOf = (log: string) => ({ log, bytes: Buffer.from(log), blobs: null, statement: null })
  const pending = async () => {
    const rows = await database.query.selectFrom('log_pending').selectAll().orderBy('id').execute()
    return rows.map((row) => row.log)
  }

  it('are written after the act, in order, with every byte, character and null', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    const text = '\\x00 "quoted" \\u0000 日本 \u{1f6a2} \u2028'
    await acts.run(async (act) => {
      for (const log of ['one', 'two', 'three']) act.append('log_pending', pendingOf(log))
      act.append('log_pending', { log: text, bytes, blobs: null, statement: 'four' })
    })
    expect(await pending()).toEqual(['one', 'two', 'three', text])
    const last = await database.query
      .selectFrom('log_pending')
      .selectAll()
      .where('statement', '=', 'four')
      .executeTakeFirstOrThrow()
    expect(Buffer.from(last.bytes)).toEqual(Buffer.from(bytes))
    expect(last.blobs).toBeNull()
  })

  it('may reference each other in any order', async () => {
    await acts.run(async (act) => {
      const statement = {
        kind: 'k',
        statement: 's',
        log: 'out/KR',
        log_index: null,
        bytes: Buffer.of(1),
        at: 1,
      }
      act.append('matter_statement', { matter: 'm', by_home: true, ordinal: 0, seen: 0, ...statement })
      const counts = { own_count: 1, partner_count: 0, updated_at: 1 }
      act.append('matter', { id: 'm', kind: 'item', home: 'JP', partner: 'KR', state: 'offered', ...counts })
    })
    const rows = await database.query.selectFrom('matter_statement').select('matter').execute()
    expect(rows).toEqual([{ matter: 'm' }])
  })

  it('are not written if the act throws or is refused, unless the refusal is recorded', async () => {
    const throwing = acts.run(async (act) => {
      act.append('log_pending', pendingOf('thrown'))
      throw new Error('no')
    })
    await expect(throwing).rejects.toThrow('no')
    await acts.run(async (act) => {
      act.append('log_pending', pendingOf('refused'))
      return refuse('not_found')
    })
    expect(await pending()).toEqual([])
    await acts.run(async (act) => {
      act.append('log_pending', pendingOf('kept'))
      return withRecord(refuse('not_found'))
    })
    expect(await pending()).toEqual(['kept'])
  })

  it('roll back the whole act if one of them cannot be written', async () => {
    const doubled = acts.run(async (act) => {
      act.append('log_pending', pendingOf('beside'))
      const counts = { own_count: 1, partner_count: 0, updated_at: 1 }
      const matter = { id: 'twice', kind: 'item', home: 'JP', partner: 'KR', state: 'offered', ...counts }
      act.append('matter', matter)
      act.append('matter', matter)
    })
    await expect(doubled).rejects.toMatchObject({ code: '23505' })
    expect(await pending()).toEqual([])
  })

  it('are visible to the act after a flush; before it, reading their table throws', async () => {
    const early = acts.run(async (act) => {
      act.append('log_pending', pendingOf('early'))
      return act.tx.selectFrom('log_pending').select('log').execute()
    })
    await expect(early).rejects.toThrow('INVARIANT')
    const seen = await acts.run(async (act) => {
      act.append('log_pending', pendingOf('flushed'))
      await act.flush()
      act.append('log_pending', pendingOf('forgotten'))
      act.discard()
      return act.tx.selectFrom('log_pending').select('log').execute()
    })
    expect(seen).toEqual([{ log: 'flushed' }])
    expect(await pending()).toEqual(['flushed'])
  })

  it('are written before the changes of the act, which it cannot read before a flush', async () => {
    const renamed = (act: Act) =>
      act.tx.updateTable('log_pending').set({ log: 'renamed' }).where('log', '=', 'before').compile()
    await acts.run(async (act) => {
      act.change(renamed(act))
      act.append('log_pending', pendingOf('before'))
    })
    expect(await pending()).toEqual(['renamed'])
    const early = acts.run(async (act) => {
      act.change(renamed(act))
      return act.tx.selectFrom('log_pending').select('log').execute()
    })
    await expect(early).rejects.toThrow('INVARIANT')
  })

  it('roll back with the act if its last change fails, with the error of that change', async () => {
    const failing = acts.run(async (act) => {
      act.append('log_pending', pendingOf('beside'))
      act.change(sql`select 1 / (select count(*) from matter where id = 'nowhere')`.compile(act.tx))
    })
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    expect(await pending()).toEqual([])
  })

  it('are announced after a hint or a wake, and not after a read', async () => {
    const announced: boolean[] = []
    const world = { now: () => 1_000_000_000_000, random: (sizeBytes: number) => new Uint8Array(sizeBytes) }
    const announce = (_hints: readonly Hint[], wakes: boolean) => void announced.push(wakes)
    const own = createActs({ database, world, nation: 'JP', announce })
    await own.run((act) => act.tx.selectFrom('log').select('name').execute())
    expect(announced).toEqual([])
    await own.run(async (act) => act.hint({ routes: 'exchange', id: 'x' }))
    await own.run(async (act) => {
      act.append('log_pending', pendingOf('said'))
      act.wake()
    })
    expect(announced).toEqual([false, true])
  })
})
