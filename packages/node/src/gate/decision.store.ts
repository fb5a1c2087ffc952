/**
 * Decisions as they were made, with everything they rested on kept once by its hash: policies, profile, inputs.
 * Rules GATE-5, GATE-11.
 */
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { hashOf } from '../agreements/profile.ts'
import type { Profile } from '../agreements/profile.ts'
import type { Tx } from '../kernel/database.ts'
import type { Schema } from '../kernel/schema.gen.ts'
import type { Instant, World } from '../world.ts'
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

/** Records a decision in the transaction of the act that asked; returns its id. One query in the usual case. */
export async function recordDecision(
  act: { readonly tx: Tx; readonly world: World },
  gate: Gate,
  decision: Decision,
  profile: Profile | null,
  about: DecisionAbout,
): Promise<string> {
  const id = `decision-${Buffer.from(act.world.random(12)).toString('hex')}`
  const row = { id, decision, about, at: act.world.now() }
  if (!(await insertDecision(act.tx, row))) {
    await keepTexts(act.tx, gate, profile)
    if (!(await insertDecision(act.tx, row)))
      throw new Error('decision: its policies or profile were not kept')
  }
  return id
}

/** Keeps the policies and the profile that decisions will name. Doing it again changes nothing. */
async function keepTexts(tx: Tx, gate: Gate, profile: Profile | null): Promise<void> {
  await tx
    .insertInto('policy_set')
    .values({ hash: gate.policy, policies: gate.texts.policies, schema: gate.texts.schema })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
  if (profile === null) return
  await tx
    .insertInto('profile')
    .values({ hash: profile.hash, instrument: profile.instrument, text: profile.text })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
}

/** A recorded decision, decided again just now from what was stored; null when there is none of that id. */
export async function explainDecision(
  query: Kysely<Schema>,
  id: string,
): Promise<{ readonly decision: RecordedDecision; readonly replay: Replay } | null> {
  const row = await query
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
    replay: replay({
      permitted,
      reasons,
      because,
      inputs,
      inputHash: row.input_hash,
      policy: { policies: row.policies, schema: row.schema },
      policyHash: row.policy_hash,
      profileText: row.text,
      profileHash: row.profile_hash,
    }),
  }
}

/** The decisions about a matter, in the order in which they were made. */
export async function decisionsAbout(
  query: Kysely<Schema>,
  matter: string,
): Promise<readonly RecordedDecision[]> {
  const rows = await query
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

/** Writes the inputs and the decision; false when the policies or the profile it names are not kept yet. */
async function insertDecision(
  tx: Tx,
  row: {
    readonly id: string
    readonly decision: Decision
    readonly about: DecisionAbout
    readonly at: Instant
  },
): Promise<boolean> {
  const { decision, about } = row
  const inputHash = hashOf(decision.inputs)
  const { rows } = await sql<{ id: string }>`
    with kept as (
      insert into decision_input (hash, inputs) values (${inputHash}, ${decision.inputs})
      on conflict (hash) do nothing
    )
    insert into decision (id, act, actor, matter, permitted, reasons, because, policy_hash, profile_hash, input_hash, at)
    select ${row.id}::text, ${about.act}::text, ${about.actor}::text, ${about.matter}::text,
      ${decision.permitted}::boolean, ${JSON.stringify(decision.reasons)}::text,
      ${JSON.stringify(decision.because)}::text, ${decision.policy}::text, ${decision.profile}::text,
      ${inputHash}::text, ${row.at}::bigint
    where exists (select 1 from policy_set where hash = ${decision.policy}::text)
      and (${decision.profile}::text is null or exists (select 1 from profile where hash = ${decision.profile}::text))
    returning id`.execute(tx)
  return rows.length === 1
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
