/** Runs part of an act under a savepoint. */
import { sql } from 'kysely'
import type { Act } from './command.ts'

/**
 * Runs `work` under a savepoint. If it fails, its writes are rolled back and `failed` runs: the act goes on unless that
 * throws.
 */
export async function underSavepoint(
  act: Act,
  work: () => Promise<void>,
  failed: (error: unknown) => Promise<void>,
): Promise<void> {
  await sql`savepoint part`.execute(act.tx)
  try {
    await work()
    await act.flush()
    await sql`release savepoint part`.execute(act.tx)
  } catch (error) {
    act.discard()
    await sql`rollback to savepoint part`.execute(act.tx)
    await failed(error)
  }
}
