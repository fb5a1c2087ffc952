/**
 * What a pillar brings to a node, as one value. Kernel, law, federation, identity, gate and console name no pillar:
 * they call what stands here, for each pillar of `pillars.ts`. The rooms of the engine are parts of the same shape.
 */
import type { SearchHit } from '#api/console.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from '#node/federation/apply.ts'
import type { Departure } from '#node/federation/sequence.ts'
import type { Permission } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Binding } from '#node/kernel/bind.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { View } from '#node/kernel/view.ts'
import type { TermKind } from '#node/law/termKind.ts'
import type { Services } from './services.ts'
import type { Instant } from './world.ts'

/** A part of a running node: a room of the engine, or a pillar. */
export interface Part {
  /** The routes of its contracts. */
  readonly routes: readonly Binding[]
  /** What a partner's statements do. */
  readonly handlers: Partial<Handlers>
  /** Asked once more, by kind, whether a statement may leave by a channel; absent: it may. */
  readonly departures?: Readonly<Record<string, Departure>>
  /** The partner parked one of our statements, by kind. */
  readonly parked?: Readonly<Record<string, (act: Act, matter: string) => Promise<void>>>
  /** Content arrived and was verified: what waited for it goes on, in the act that registers it. */
  contentArrived?(act: Act, digest: string): Promise<void>
  /** Runs deferred work that is now due; returns when there will be more of it, null when none is known. */
  due?(act: Act): Promise<Instant | null>
  desk?(view: View, by: SignedIn): Promise<Desk>
  search?(view: View, by: SignedIn, words: string): Promise<readonly SearchHit[]>
  /** A link was opened: says to the partner what it has to know first. */
  linkOpened?(act: Act, partner: string): Promise<void>
  /** How many matters with a partner wait for its answer. */
  unanswered?(reader: Reader, partner: string): Promise<number>
}

/** A pillar as `pillars.ts` lists it. */
export interface PillarDefinition {
  readonly name: string
  /** Folder with its policies and their schema; absent where it has none. */
  readonly policies?: string
  /** Folder with its migrations; absent where it has no tables. */
  readonly migrations?: string
  /** Kinds of term of its instruments. */
  readonly terms: readonly TermKind[]
  /** Who may ask for what. */
  readonly permissions: readonly Permission[]
  /** Builds what it does in one node. */
  create(services: Services): Part
}
