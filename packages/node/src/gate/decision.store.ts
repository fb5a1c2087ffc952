/**
 * Decisions as they were made, with everything they rested on kept once by its hash: policies, profile, inputs.
 * Rules GATE-5, GATE-11.
 */
import { hashOf } from '#node/law/profile.ts'
import type { TermKind } from '#node/law/termKind.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Schema } from '#node/kernel/schema.ts'
import type { Instant } from '#node/world.ts'
import type { Decision } from './facts.ts'
import type { Gate } from './gate.ts'
import { replay } from './replay.ts'
import type { Replay } from './replay.ts'

/** Who asked what about which matter; `matter` is null where the question was about none. */
export interface DecisionAbout {
  readonly act: string
  readonly actor: string
  readonly matter: string | null
}

export interface RecordedDecision extends DecisionAbout {
  readonly id: string
  readonly at: Instant
  readonly permitted: boolean
  readonly reasons: Decision['reasons']
  readonly because: Decision['because']
  readonly policy: string
  readonly profile: string | null
  /** The exact JSON that was decided on. */
  readonly inputs: string
}

/**
 * Records a decision in the act that asked; returns its id. Its policies were
 * kept by `keepPolicies` and its profile when it was compiled: a decision whose texts are not there is not written.
 */
export function recordDecision(
  act: Pick<Act, 'append' | 'appendOnce' | 'world'>,
  decision: Decision,
  about: DecisionAbout,
): string {
  const id = `decision-${Buffer.from(act.world.random(12)).toString('hex')}`
  const inputHash = hashOf(decision.inputs)
  act.appendOnce('decision_input', { hash: inputHash, inputs: decision.inputs })
  act.append('decision', {
    id,
    act: about.act,
    actor: about.actor,
    matter: about.matter,
    permitted: decision.permitted,
    reasons: JSON.stringify(decision.reasons),
    because: JSON.stringify(decision.because),
    policy_hash: decision.policy,
    profile_hash: decision.profile,
    input_hash: inputHash,
    at: act.world.now(),
  })
  return id
}

/** Keeps the policies that decisions will name. Doing it again changes nothing. */
export async function keepPolicies({ tx }: Pick<Act, 'tx'>, { policy, texts }: Gate): Promise<void> {
  await tx
    .insertInto('policy_set')
    .values({ hash: policy, policies: texts.policies, schema: texts.schema })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
}

/** A recorded decision, decided again just now from what was stored; null when there is none of that id. */
export async function explainDecision(
  reader: Reader,
  kinds: readonly TermKind[],
  id: string,
): Promise<{ readonly decision: RecordedDecision; readonly replay: Replay } | null> {
  const row = await reader
    .selectFrom('decision')
    .innerJoin('decision_input', 'decision_input.hash', 'decision.input_hash')
    .innerJoin('policy_set', 'policy_set.hash', 'decision.policy_hash')
    .leftJoin('profile', 'profile.hash', 'decision.profile_hash')
    .selectAll('decision')
    .select(['decision_input.inputs', 'policy_set.policies', 'policy_set.schema', 'profile.text'])
    .where('decision.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  const decision = toRecorded(row)
  const { permitted, reasons, because, inputs } = decision
  return {
    decision,
    replay: replay(
      {
        permitted,
        reasons,
        because,
        inputs,
        inputHash: row.input_hash,
        policy: { policies: row.policies, schema: row.schema },
        policyHash: row.policy_hash,
        profileText: row.text,
        profileHash: row.profile_hash,
      },
      kinds,
    ),
  }
}

/** The decisions about a matter, in the order in which they were made. */
export async function decisionsAbout(reader: Reader, matter: string): Promise<readonly RecordedDecision[]> {
  const rows = await reader
    .selectFrom('decision')
    .innerJoin('decision_input', 'decision_input.hash', 'decision.input_hash')
    .selectAll('decision')
    .select('decision_input.inputs')
    .where('decision.matter', '=', matter)
    .orderBy('decision.at')
    .orderBy('decision.id')
    .execute()
  return rows.map(toRecorded)
}

function toRecorded(row: Schema['decision'] & { readonly inputs: string }): RecordedDecision {
  return {
    id: row.id,
    act: row.act,
    actor: row.actor,
    matter: row.matter,
    at: row.at,
    permitted: row.permitted,
    reasons: JSON.parse(row.reasons) as Decision['reasons'],
    because: JSON.parse(row.because) as Decision['because'],
    policy: row.policy_hash,
    profile: row.profile_hash,
    inputs: row.inputs,
  }
}
