/**
 * Recorded decisions. What they rest on (policies, profile, inputs) is stored once, by its hash. Rules GATE-5, GATE-11.
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

/** Who asked for which action on which matter. */
export interface DecisionSubject {
  /** An action of the policies' schema. */
  readonly action: string
  readonly actor: string
  /** Null if the question was about no matter. */
  readonly matter: string | null
}

export interface RecordedDecision extends DecisionSubject {
  readonly id: string
  readonly at: Instant
  readonly permitted: boolean
  readonly reasons: Decision['reasons']
  readonly because: Decision['because']
  readonly policy: string
  readonly profile: string | null
  /** The exact JSON of the facts. */
  readonly inputs: string
}

/**
 * Records a decision in the act that asked; returns its id. Foreign keys require its policies (`keepPolicies`) and its
 * profile (`putInstrument`).
 */
export function recordDecision(
  act: Pick<Act, 'append' | 'appendOnce' | 'world'>,
  decision: Decision,
  subject: DecisionSubject,
): string {
  const id = `decision-${Buffer.from(act.world.random(12)).toString('hex')}`
  const inputHash = hashOf(decision.inputs)
  act.appendOnce('decision_input', { hash: inputHash, inputs: decision.inputs })
  act.append('decision', {
    id,
    ...subject,
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

/** Stores the policies that this gate's decisions reference. Idempotent. */
export async function keepPolicies({ tx }: Pick<Act, 'tx'>, { policy, texts }: Gate): Promise<void> {
  await tx
    .insertInto('policy_set')
    .values({ hash: policy, policies: texts.policies, schema: texts.schema })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
}

/** A recorded decision and its replay from what was stored; null if there is none with this id. */
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

/** The decisions about a matter, oldest first. */
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
    action: row.action,
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
