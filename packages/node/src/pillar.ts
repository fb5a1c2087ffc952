/**
 * The interface between the engine and a pillar. Kernel, law, federation, identity, gate and console name no pillar:
 * they call these methods for every pillar in `pillars.ts`. The rooms of the engine implement `Part` too.
 */
import type { SearchHit } from '#api/console.ts'
import type { Kind } from '#wire/pillars.ts'
import type { Statement } from '#wire/statement.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from '#node/federation/apply.commands.ts'
import type { Departure } from '#node/federation/sequence.commands.ts'
import type { Permission } from '#node/kernel/permission.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Binding } from '#node/kernel/bind.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { View } from '#node/kernel/view.ts'
import type { TermKind } from '#node/law/termKind.ts'
import type { Services } from './services.ts'
import type { Instant } from './world.ts'

type ByKind<Value> = Readonly<Partial<Record<Kind, Value>>>

/** Called when the partner parked a statement of ours about a matter. */
export type OnParked = (act: Act, matter: string) => Promise<void>

/** A part of a running node: a room of the engine, or a pillar. */
export interface Part {
  /** Its route contracts, bound to handlers. */
  readonly routes: readonly Binding[]
  /** Its handlers of a partner's statements, by kind. */
  readonly handlers: Partial<Handlers>
  /** Decides, by kind, whether a pending statement may still leave by a channel; a kind without an entry may. */
  readonly departures?: ByKind<Departure>
  /** Called, by kind, when the partner parked a statement of ours. */
  readonly parked?: ByKind<OnParked>
  /** Called in the act that registers verified content, for the matters that waited for it. */
  contentArrived?(act: Act, digest: string): Promise<void>
  /**
   * Runs deferred work that became due after `since` and is due now; returns when there will be more of it, null when
   * none is known. May run again with the same `since`, because the database may abort the act.
   */
  due?(act: Act, since: Instant): Promise<Instant | null>
  desk?(view: View, by: SignedIn): Promise<Desk>
  search?(view: View, by: SignedIn, words: string): Promise<readonly SearchHit[]>
  /** Called in the act that opens a link, to say to the partner what it needs first. */
  linkOpened?(act: Act, partner: string): Promise<void>
  /** How many matters wait for an answer, by partner. */
  unanswered?(reader: Reader): Promise<ReadonlyMap<string, number>>
  /** The number by which people know what a statement is about; null if it is not about a matter of this part. */
  referenceOf?(statement: Statement): string | null
}

/** A pillar, listed in `pillars.ts`. */
export interface PillarDefinition {
  readonly name: string
  /** The folder of its policies and their schema; absent if it has none. */
  readonly policies?: string
  /** The folder of its migrations; absent if it has no tables. */
  readonly migrations?: string
  /** The kinds of term that its instruments have beside those of the law. */
  readonly terms: readonly TermKind[]
  /** Its commands, and the roles that may use them. */
  readonly permissions: readonly Permission[]
  /** Builds the pillar's part of one node. */
  create(services: Services): Part
}
