/** A part of an act that may fail without the rest. */
import { sql } from 'kysely'
import type { Act } from './command.ts'

/**
 * Runs `work` under a savepoint. What it did before it failed is undone, and `failed` decides what follows: it returns,
 * and the act goes on, or it throws.
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
