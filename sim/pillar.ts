/**
 * What a pillar brings to the simulator. Its engine (time, network, crashes, backups, links, logs, rights) names no
 * pillar: it asks each one in `pillars.ts`.
 */
import type { Role } from '#api/identity.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Node } from '#node/node.ts'
import type { Auditor, ReadRows, View } from './auditors/view.ts'
import type { Commands } from './job.ts'
import type { Memory } from './model.ts'
import type { Nation } from './nation.ts'

/** A nation before the first run: nothing fails yet. */
export interface NewNation {
  readonly node: Node
  readonly people: Readonly<Record<string, SignedIn>>
}

/** A pillar in the simulator, listed in `pillars.ts`. */
export interface SimulatedPillar {
  /** Its commands in the workload. Their order is part of every seed's history. */
  readonly commands: Commands
  /** The refusals that its commands meet in a good workload. */
  readonly refusals?: readonly string[]
  /** Reads its rows of a disk. Its auditors get them with `view.rows` of the same function. */
  readonly rows: ReadRows<unknown>
  /** In this order: the first one that objects reports. */
  readonly auditors: readonly Auditor[]
  /** The facts on a disk that its commands can acknowledge, by their names for them. */
  facts(view: View): readonly string[]
  /** The matters on a disk whose statements were dropped at departure, because they may no longer leave. */
  dropped?(view: View): readonly string[]
  /** Creates what its commands and auditors remember of a run. They get it with `model.memory` of the same function. */
  readonly memory?: () => Memory
  /** Roles that people of the test network have for its commands, by person, instead of their own. */
  readonly roles?: Readonly<Record<string, readonly Role[]>>
  /** The categories and matters of which people may be granted the need-to-know. */
  readonly needToKnow?: {
    readonly categories: readonly string[]
    matters(nation: Nation): Promise<readonly string[]>
  }
  /** Does what must precede its commands, before the first run, towards each partner. */
  prepare?(nation: NewNation, partner: string): Promise<void>
  /**
   * Has people do their last work when the network is at rest, so that the auditors see its result.
   * @param restored nations that were restored from a backup in this run
   */
  conclude?(nation: Nation, restored: ReadonlySet<string>): Promise<void>
  /** Lines on the state of its matters at rest, for the trace. */
  summary?(view: View): readonly string[]
}
