/** `entente explain`: a recorded decision of the gate, decided again now from what was stored. */
import { federation } from '#api/federation.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Client } from './client.ts'
import { Stop, cite, say, sentence } from './say.ts'

export async function explain(client: Client, decision: string): Promise<void> {
  const reply = await client.call(federation.explain, { decision })
  if (isRefusal(reply)) throw new Stop(sentence(reply))
  say(`${reply.act} by ${reply.actor} at ${reply.at}: ${reply.permitted ? 'permitted' : 'refused'}`)
  for (const reason of reply.reasons) say(`  because ${reason.code}: ${reason.because.map(cite).join('; ')}`)
  if (reply.permitted) say(`  relying on ${reply.because.map(cite).join('; ')}`)
  say(`  profile  ${reply.profile ?? 'none'}`)
  say(`  policies ${reply.policy}`)
  say(`  inputs   ${JSON.stringify(reply.inputs)}`)
  say(
    reply.replay.same
      ? 'Decided again just now: the same answer.'
      : 'Decided again just now: ANOTHER ANSWER.',
  )
  if (!reply.replay.same) process.exitCode = 1
}
