/**
 * Idempotency keys (API-9): a client that got no answer repeats the request with the same key and gets the result of
 * the first. The key is stored in the transaction of the act, so neither exists without the other. The stored result is
 * an id, never content.
 */
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { sha384 } from '#wire/digest.ts'
import type { PersonCaller } from './caller.ts'
import type { Act } from './command.ts'

/** How long a key is kept. */
export const KEY_MS_MAX = 24 * 3_600_000

/**
 * Runs `command`, which returns the id of what it created or changed, once per person and key; without a key, every
 * time. The same key with another request is refused `key_reused` at `idempotency-key`. A refusal stores no key, so
 * the client may try again.
 * @param content the digest of bytes that were sent beside the input, which the input does not identify
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
  if (claimed === undefined) return storedReply(act, person, { key, request })
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

/** The result of an earlier request with the same key. */
async function storedReply(
  act: Act,
  person: string,
  { key, request }: { readonly key: string; readonly request: string },
): Promise<string | Refusal> {
  const row = await act.tx
    .selectFrom('idempotent_reply')
    .select(['request_digest', 'reply'])
    .where('person', '=', person)
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.request_digest === request ? row.reply : refuse('key_reused', [], 'idempotency-key')
}
