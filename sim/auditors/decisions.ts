/**
 * Decisions: replaying a recorded decision from its stored inputs gives the same answer. This is the only
 * auditor that uses the node's own code, because it audits the replay itself.
 */
import { replay } from '#node/gate/replay.ts'
import type { StoredDecision } from '#node/gate/replay.ts'
import { TERM_KINDS } from '#node/pillars.ts'
import type { Disk } from '../disk.ts'
import { Violation } from '../violation.ts'

interface Row {
  readonly id: string
  readonly permitted: boolean
  readonly reasons: string
  readonly because: string
  readonly input_hash: string
  readonly policy_hash: string
  readonly profile_hash: string | null
  readonly inputs: string
  readonly policies: string
  readonly schema: string
  readonly profile: string | null
}

/** Decisions whose replay agreed, by their inputs: many decisions have equal inputs. */
const same = new Set<string>()

export async function auditDecisions(nation: string, disk: Disk): Promise<void> {
  const rows = await disk.rows<Row>(
    `select decision.id, permitted, reasons, because, input_hash, policy_hash, profile_hash, inputs, policies, schema,
      profile.text as profile from decision join decision_input on decision_input.hash = input_hash
      join policy_set on policy_set.hash = policy_hash left join profile on profile.hash = profile_hash`,
  )
  const [counted] = await disk.rows<{ count: number }>('select count(*)::int as count from decision')
  if (rows.length !== counted!.count)
    throw new Violation('decisions', `${nation} has decisions without their inputs`)
  for (const row of rows) {
    const key = [
      row.input_hash,
      row.policy_hash,
      row.profile_hash,
      row.permitted,
      row.reasons,
      row.because,
    ].join(' ')
    if (same.has(key)) continue
    const answer = replay(storedOf(row), TERM_KINDS)
    if (!answer.same)
      throw new Violation(
        'decisions',
        `${nation} ${row.id} replays differently: ${answer.differs.join(', ')}`,
      )
    same.add(key)
  }
}

function storedOf(row: Row): StoredDecision {
  return {
    permitted: row.permitted,
    reasons: JSON.parse(row.reasons) as StoredDecision['reasons'],
    because: JSON.parse(row.because) as StoredDecision['because'],
    inputs: row.inputs,
    inputHash: row.input_hash,
    policy: { policies: row.policies, schema: row.schema },
    policyHash: row.policy_hash,
    profileText: row.profile,
    profileHash: row.profile_hash,
  }
}
