/** Failed sign-ins in the database, by which a person is locked out. */
import type { Reader, Tx } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import { NO_FAILURES } from './lockout.ts'
import type { Failures } from './lockout.ts'

/** Locks the failures of a claimed name until the act ends, so that concurrent attempts are counted one by one. */
export async function lockFailures(tx: Tx, person: string): Promise<Failures> {
  await tx
    .insertInto('sign_in_failure')
    .values({ person, failures: 0, locked_until: 0, last_at: 0 })
    .onConflict((conflict) => conflict.column('person').doNothing())
    .execute()
  const row = await tx
    .selectFrom('sign_in_failure')
    .selectAll()
    .where('person', '=', person)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return NO_FAILURES
  return { count: row.failures, lockedUntil: row.locked_until, lastAt: row.last_at }
}

/** The failures of a person. */
export async function findFailures(reader: Reader, person: string): Promise<Failures> {
  const row = await reader
    .selectFrom('sign_in_failure')
    .selectAll()
    .where('person', '=', person)
    .executeTakeFirst()
  if (row === undefined) return NO_FAILURES
  return { count: row.failures, lockedUntil: row.locked_until, lastAt: row.last_at }
}

/** Stores the failures of a name, and deletes those of names without an attempt since `forgetBefore`. */
export async function putFailures(
  tx: Tx,
  person: string,
  failures: Failures,
  forgetBefore: Instant,
): Promise<void> {
  const values = { failures: failures.count, locked_until: failures.lockedUntil, last_at: failures.lastAt }
  await tx
    .insertInto('sign_in_failure')
    .values({ person, ...values })
    .onConflict((conflict) => conflict.column('person').doUpdateSet(values))
    .execute()
  const stale = tx
    .selectFrom('sign_in_failure')
    .select('person')
    .where('last_at', '<', forgetBefore)
    .where('person', '!=', person)
    .forUpdate()
    .skipLocked()
  await tx.deleteFrom('sign_in_failure').where('person', 'in', stale).execute()
}

export async function clearFailures(tx: Tx, person: string): Promise<void> {
  await tx.deleteFrom('sign_in_failure').where('person', '=', person).execute()
}
