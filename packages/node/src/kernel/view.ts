/** Views: what a page shows, read in one read-only transaction. A view cannot write. */
import type { World } from '#node/world.ts'
import type { Database, Reader } from './database.ts'

/** What a view gets. An act is a `View` too, so that commands can call views. */
export interface View {
  /** The nation whose node this is. */
  readonly nation: string
  readonly tx: Reader
  readonly world: Pick<World, 'now'>
}

export interface Views {
  /** Runs one view in one read-only transaction. */
  run<T>(view: (view: View) => Promise<T>): Promise<T>
}

/** Builds the runner of views over a database. */
export function createViews(options: {
  readonly database: Database
  readonly world: World
  readonly nation: string
}): Views {
  const { database, world, nation } = options
  return { run: (view) => database.read((tx) => view({ nation, tx, world })) }
}
