/** What the exchange works with; wired in `node.ts`. */
import type { Gate } from '#node/gate/gate.ts'
import type { IdentitySettings } from '#node/identity/settings.ts'
import type { NodeKeys } from '#node/federation/keys.ts'
import type { BlobFolder } from '#node/kernel/blobs.ts'
import type { Acts } from '#node/kernel/command.ts'
import type { Database } from '#node/kernel/database.ts'
import type { World } from '#node/world.ts'
import type { Law } from '#node/law/governing.ts'

export interface ExchangeServices {
  readonly nation: string
  readonly law: Law
  readonly gate: Gate
  readonly keys: NodeKeys
  readonly blobs: BlobFolder
  readonly acts: Acts
  readonly database: Database
  readonly world: World
  readonly identity: IdentitySettings
}
