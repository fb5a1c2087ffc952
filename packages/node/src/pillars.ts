/** The pillars of the node, and the lists that engine and pillars make up together. */
import { agreements } from '#node/agreements/pillar.ts'
import { exchange } from '#node/exchange/pillar.ts'
import { GATE_POLICIES } from '#node/gate/policy.files.ts'
import { LAW_TERMS } from '#node/law/terms.ts'
import type { TermKind } from '#node/law/termKind.ts'
import { logistics } from '#node/logistics/pillar.ts'
import type { PillarDefinition } from './pillar.ts'

export const PILLARS: readonly PillarDefinition[] = [agreements, exchange, logistics]

/** Every kind of term. */
export const TERM_KINDS: readonly TermKind[] = [...LAW_TERMS, ...PILLARS.flatMap(({ terms }) => terms)]

/** Every folder of policies. */
export const POLICY_FOLDERS: readonly string[] = [
  GATE_POLICIES,
  ...PILLARS.flatMap(({ policies }) => policies ?? []),
]
