/** What was witnessed of national logs: of each partner's by us, and of ours by each partner. */
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'

/** `ours`: what the partner witnessed of our national log. `theirs`: what we witnessed of the partner's. */
export type WitnessDirection = 'ours' | 'theirs'

/** Locks what we witnessed of a partner's national log; size 0 where it is the first time. */
export async function lockWitnessed(act: Act, nation: string): Promise<{ size: number; note: string }> {
  await act.tx
    .insertInto('witnessed')
    .values({ nation, direction: 'theirs', size: 0, note: '', at: act.world.now() })
    .onConflict((conflict) => conflict.columns(['nation', 'direction']).doNothing())
    .execute()
  return act.tx
    .selectFrom('witnessed')
    .select(['size', 'note'])
    .where('nation', '=', nation)
    .where('direction', '=', 'theirs')
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** Stores what was witnessed last. */
export async function putWitnessed(
  { tx }: Pick<Act, 'tx'>,
  nation: string,
  direction: WitnessDirection,
  values: { readonly size: number; readonly note: string; readonly at: Instant },
): Promise<void> {
  await tx
    .insertInto('witnessed')
    .values({ nation, direction, ...values })
    .onConflict((conflict) => conflict.columns(['nation', 'direction']).doUpdateSet(values))
    .execute()
}

/** The notes over national logs that this node and a partner witnessed of each other. */
export async function readWitnessed(reader: Reader, nation: string) {
  return reader
    .selectFrom('witnessed')
    .select(['direction', 'note', 'size'])
    .where('nation', '=', nation)
    .execute()
}
