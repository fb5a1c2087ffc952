/**
 * An act that must not happen twice (API-9): a client that got no answer asks again with the same key, and the node
 * finds what the first request made. The key is stored in the transaction of the act, so that there is never one
 * without the other. What is kept is an id and never content, which rests nowhere in the clear.
 */
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { sha384 } from '#wire/digest.ts'
import type { PersonCaller } from './caller.ts'
import type { Act } from './command.ts'

/** How long a key is remembered. */
export const KEY_MS_MAX = 24 * 3_600_000

/** An act, and how its outcome is found again. */
export interface Repeatable<T> {
  work(): Promise<T | Refusal>
  /** What is kept of the outcome: an id. */
  keep(done: T): string
  /** What an earlier request with the same key made, as it stands now. */
  found(kept: string): Promise<T | Refusal>
}

/**
 * Does it once for each person and key; without a key, each time. The same key for something else is refused
 * `already_done` at `idempotency-key`. A refusal keeps no key: nothing happened, and asking again asks again.
 * `content` tells apart what the input does not: the digest of bytes that came beside it.
 */
export async function once<T>(
  act: Act,
  caller: Pick<PersonCaller, 'session' | 'once'>,
  repeatable: Repeatable<T>,
  content = '',
): Promise<T | Refusal> {
  if (caller.once === null) return repeatable.work()
  const person = caller.session.personId
  const { key } = caller.once
  const request = sha384(Buffer.from(`${caller.once.request}\n${content}`))
  const at = act.world.now()
  const replies = act.tx.deleteFrom('idempotent_reply').where('person', '=', person)
  await replies.where('at', '<', at - KEY_MS_MAX).execute()
  const claimed = await act.tx
    .insertInto('idempotent_reply')
    .values({ person, key, request_digest: request, reply: '', at })
    .onConflict((conflict) => conflict.columns(['person', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (claimed === undefined) return repeated(act, person, { key, request }, repeatable)
  const done = await repeatable.work()
  if (isRefusal(done)) {
    await replies.where('key', '=', key).execute()
    return done
  }
  await act.tx
    .updateTable('idempotent_reply')
    .set({ reply: repeatable.keep(done) })
    .where('person', '=', person)
    .where('key', '=', key)
    .execute()
  return done
}

async function repeated<T>(
  act: Act,
  person: string,
  asked: { readonly key: string; readonly request: string },
  repeatable: Repeatable<T>,
): Promise<T | Refusal> {
  const row = await act.tx
    .selectFrom('idempotent_reply')
    .select(['request_digest', 'reply'])
    .where('person', '=', person)
    .where('key', '=', asked.key)
    .executeTakeFirst()
  if (row?.request_digest !== asked.request) return refuse('already_done', [], 'idempotency-key')
  return repeatable.found(row.reply)
}
