/**
 * Saying something to a partner: the statement is appended, in the act's own transaction, to what the courier will
 * put into the link log. Nothing is sent here (LINK-10).
 */
import { sql } from 'kysely'
import { encodeHex } from '#wire/digest.ts'
import { encodeStatement } from '#wire/statement.ts'
import type { Statement } from '#wire/statement.ts'
import type { Kind } from '#wire/kinds.ts'
import type { Act } from '../kernel/command.ts'
import { outLog } from './log.ts'
import { lockMatter, tellMatter } from './matter.store.ts'

/** What a slice gives; the envelope is filled in here. */
export type Saying<K extends Kind = Kind> = {
  [Name in K]: {
    kind: Name
    body: Extract<Statement, { kind: Name }>['body']
    agreement?: NonNullable<Statement['agreement']>
    acts?: NonNullable<Statement['acts']>
    /** The matter it is about; it must exist. */
    matter?: string
    /** Content that it names: the partner may fetch it, and small content travels along. */
    blobs?: readonly string[]
  }
}[K]

/** What was said, as exact bytes. */
export interface Said {
  readonly id: string
  readonly bytes: Uint8Array
  readonly at: string
}

/** 32 hex digits that nobody else will draw. */
export function newId(act: Pick<Act, 'world'>): string {
  return encodeHex(act.world.random(16))
}

/** Appends a statement to what is to be said to `partner`. */
export async function say(act: Act, partner: string, saying: Saying): Promise<Said> {
  const id = newId(act)
  const at = new Date(act.world.now()).toISOString()
  const told = saying.matter === undefined ? null : await lockMatter(act.tx, saying.matter)
  const statement = {
    v: 1,
    kind: saying.kind,
    id,
    from: act.nation,
    to: partner,
    at,
    ...(told === null ? {} : { matter: { id: told.id, home: told.home, seen: told.seen } }),
    ...(saying.agreement === undefined ? {} : { agreement: saying.agreement }),
    ...(saying.acts === undefined ? {} : { acts: saying.acts }),
    body: saying.body,
  } as Statement
  const bytes = encodeStatement(statement)
  const log = outLog(partner)
  if (told !== null) {
    await tellMatter(act.tx, told, {
      kind: saying.kind,
      statement: id,
      bytes,
      log,
      index: null,
      at: act.world.now(),
    })
  }
  const blobs = saying.blobs ?? []
  for (const digest of blobs) {
    await sql`insert into blob_offered (nation, digest) values (${partner}, ${digest}) on conflict do nothing`.execute(
      act.tx,
    )
  }
  const list = blobs.length === 0 ? null : JSON.stringify(blobs)
  await sql`insert into log_pending (log, bytes, blobs, statement) values (${log}, ${bytes}, ${list}, ${id})`.execute(
    act.tx,
  )
  return { id, bytes, at }
}
