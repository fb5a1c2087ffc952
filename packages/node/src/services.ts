/** The services that rooms and pillars share; `node.ts` wires them. */
import type { NodeKeys } from '#node/federation/keys.ts'
import type { Gate } from '#node/gate/gate.ts'
import type { IdentitySettings } from '#node/identity/settings.ts'
import type { BlobFolder } from '#node/kernel/blobs.ts'
import type { Acts } from '#node/kernel/command.ts'
import type { Database } from '#node/kernel/database.ts'
import type { Views } from '#node/kernel/view.ts'
import type { ReadLaw } from '#node/law/law.store.ts'
import type { Nations } from '#node/law/nations.ts'
import type { TermKind } from '#node/law/termKind.ts'
import type { World } from './world.ts'

export interface Services {
  readonly nation: string
  /** Reads the law in an act or a view. */
  readonly readLaw: ReadLaw
  /** The nations with their marking ladders. */
  readonly nations: Nations
  readonly gate: Gate
  /** The kinds of term of the law and of every pillar. */
  readonly kinds: readonly TermKind[]
  readonly keys: NodeKeys
  readonly blobs: BlobFolder
  readonly acts: Acts
  readonly views: Views
  readonly database: Database
  readonly world: World
  readonly identity: IdentitySettings
}
