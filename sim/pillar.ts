/**
 * What a pillar provides to the simulator. The simulator's engine (time, network, crashes, backups, links,
 * logs, rights) names no pillar; it uses those in `pillars.ts`.
 */
import type { Role } from '#api/identity.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Node } from '#node/node.ts'
import type { Auditor, ReadRows, View } from './auditors/view.ts'
import type { Commands } from './job.ts'
import type { Memory } from './model.ts'
import type { Nation } from './nation.ts'

/** A nation before the first run, without faults. */
export interface NewNation {
  readonly node: Node
  readonly people: Readonly<Record<string, SignedIn>>
}

/** A pillar in the simulator, listed in `pillars.ts`. */
export interface SimulatedPillar {
  /** Its commands in the workload. Their order is part of every seed's history. */
  readonly commands: Commands
  /** The refusals that its commands must meet in the fixed seeds. */
  readonly refusals?: readonly string[]
  /** Reads its rows of a disk. Its auditors get them with `view.rows` of the same function. */
  readonly rows: ReadRows<unknown>
  /** Its auditors in order; only the first violation is reported. */
  readonly auditors: readonly Auditor[]
  /** The facts on a disk that its commands can acknowledge, by their names for them. */
  facts(view: View): readonly string[]
  /**
   * The matters on a disk whose statements were dropped at departure, because they were no longer allowed to
   * leave.
   */
  dropped?(view: View): readonly string[]
  /**
   * Creates the memory of a run for its commands and auditors. They get it with `model.memory` of the same
   * function.
   */
  readonly memory?: () => Memory
  /** Roles of people in the test network that its commands need, by person, instead of their own. */
  readonly roles?: Readonly<Record<string, readonly Role[]>>
  /** The categories and matters for which people may be granted the need-to-know. */
  readonly needToKnow?: {
    readonly categories: readonly string[]
    matters(nation: Nation): Promise<readonly string[]>
  }
  /** Runs before the first run, once per partner, to do what its commands depend on. */
  prepare?(nation: NewNation, partner: string): Promise<void>
  /**
   * Runs last commands when the network is at rest, so that the auditors see their result.
   * @param restored nations that were restored from a backup in this run
   */
  conclude?(nation: Nation, restored: ReadonlySet<string>): Promise<void>
  /** Lines for the trace that describe the state of its matters at rest. */
  summary?(view: View): readonly string[]
}
