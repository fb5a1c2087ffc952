/** `entente explain`: shows a recorded decision of the gate and its replay from what was stored. */
import { decisions } from '#api/decisions.ts'
import { isRefusal } from '#api/refusals.ts'
import { gateActions, wordsOf } from '#words/pillars.ts'
import type { Client } from './client.ts'
import { Stop, cite, reason, say, sentence } from './say.ts'

export async function explain(client: Client, decision: string): Promise<void> {
  const reply = await client.call(decisions.explain, { decision })
  if (isRefusal(reply)) throw new Stop(sentence(reply))
  const action = wordsOf(gateActions, reply.action)?.en ?? reply.action
  say(`${action}, asked by ${reply.actor} at ${reply.at}: ${reply.permitted ? 'permitted' : 'refused'}`)
  for (const refused of reply.reasons) say(`  ${reason(refused)}`)
  if (reply.permitted) say(`  relying on ${reply.because.map(cite).join('; ')}`)
  say(`  profile  ${reply.profile ?? 'none'}`)
  say(`  policies ${reply.policy}`)
  say(`  inputs   ${JSON.stringify(reply.inputs)}`)
  say(
    reply.replay.same
      ? 'Replayed now: the same answer.'
      : 'Replayed now: A DIFFERENT ANSWER. Tell the security officer.',
  )
  if (!reply.replay.same) process.exitCode = 1
}
