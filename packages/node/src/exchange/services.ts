/** What the exchange works with; wired in `node.ts`. */
import type { Gate } from '../gate/gate.ts'
import type { IdentitySettings } from '../identity/settings.ts'
import type { NodeKeys } from '../federation/keys.ts'
import type { BlobFolder } from '../kernel/blobs.ts'
import type { Acts } from '../kernel/command.ts'
import type { Database } from '../kernel/database.ts'
import type { World } from '../world.ts'
import type { Law } from './law.ts'

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
