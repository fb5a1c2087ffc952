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

/**
 * Runs `command`, which returns the id of what it made or changed, once for each person and key; without a key, each
 * time. The same key for another request is refused `already_done` at `idempotency-key`. A refusal keeps no key:
 * nothing happened, and asking again asks again.
 * @param content tells apart what the input does not: the digest of bytes that came beside it
 */
export async function once<R extends Refusal>(
  act: Act,
  caller: Pick<PersonCaller, 'session' | 'once'>,
  command: () => Promise<string | R>,
  content = '',
): Promise<string | R | Refusal> {
  if (caller.once === null) return command()
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
  if (claimed === undefined) return replyTo(act, person, { key, request })
  const reply = await command()
  if (isRefusal(reply)) {
    await replies.where('key', '=', key).execute()
    return reply
  }
  await act.tx
    .updateTable('idempotent_reply')
    .set({ reply })
    .where('person', '=', person)
    .where('key', '=', key)
    .execute()
  return reply
}

/** What an earlier request with the same key made. */
async function replyTo(
  act: Act,
  person: string,
  asked: { readonly key: string; readonly request: string },
): Promise<string | Refusal> {
  const row = await act.tx
    .selectFrom('idempotent_reply')
    .select(['request_digest', 'reply'])
    .where('person', '=', person)
    .where('key', '=', asked.key)
    .executeTakeFirst()
  return row?.request_digest === asked.request ? row.reply : refuse('already_done', [], 'idempotency-key')
}
