/**
 * The witnessed checkpoints of national logs: partners' logs witnessed by us, and ours witnessed by each
 * partner.
 */
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'

/**
 * `ours`: our national log, witnessed by the partner. `theirs`: the partner's national log, witnessed by us.
 */
export type WitnessDirection = 'ours' | 'theirs'

/** Locks the checkpoint of a partner's national log that we witnessed last; size 0 if there is none. */
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

/** Stores the newest witnessed checkpoint. */
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

/** The newest witnessed notes of both national logs, ours and the partner's. */
export async function readWitnessed(reader: Reader, nation: string) {
  return reader
    .selectFrom('witnessed')
    .select(['direction', 'note', 'size'])
    .where('nation', '=', nation)
    .execute()
}
