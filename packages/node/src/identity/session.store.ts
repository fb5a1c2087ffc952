/** Sessions in the database. */
import type { Reader, Tx } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import type { SessionTimes } from './session.ts'

export interface StoredSession extends SessionTimes {
  readonly tokenHash: string
  readonly person: string
  readonly keyId: string
  readonly sealed: string
}

export async function insertSession(tx: Tx, session: StoredSession): Promise<void> {
  await tx
    .insertInto('session')
    .values({
      token_hash: session.tokenHash,
      person: session.person,
      key_id: session.keyId,
      private_key_sealed: session.sealed,
      started_at: session.startedAt,
      seen_at: session.seenAt,
    })
    .execute()
}

export async function findSession(reader: Reader, tokenHash: string): Promise<StoredSession | null> {
  const row = await reader
    .selectFrom('session')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    tokenHash: row.token_hash,
    person: row.person,
    keyId: row.key_id,
    sealed: row.private_key_sealed,
    startedAt: row.started_at,
    seenAt: row.seen_at,
  }
}

/** Advances the time of the last request. */
export async function touchSession(tx: Tx, tokenHash: string, at: Instant): Promise<void> {
  await tx
    .updateTable('session')
    .set({ seen_at: at })
    .where('token_hash', '=', tokenHash)
    .where('seen_at', '<', at)
    .execute()
}

export async function deleteSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.deleteFrom('session').where('token_hash', '=', tokenHash).execute()
}

/** Ends the sessions of a person, except one; returns how many. */
export async function deleteSessionsOf(tx: Tx, person: string, except: string | null): Promise<number> {
  let ended = tx.deleteFrom('session').where('person', '=', person)
  if (except !== null) ended = ended.where('token_hash', '!=', except)
  return (await ended.returning('token_hash').execute()).length
}

/** Deletes the sessions that either limit has ended. */
export async function sweepSessions(tx: Tx, seenBefore: Instant, startedBefore: Instant): Promise<void> {
  await tx
    .deleteFrom('session')
    .where((or) => or.or([or('seen_at', '<=', seenBefore), or('started_at', '<=', startedBefore)]))
    .execute()
}
