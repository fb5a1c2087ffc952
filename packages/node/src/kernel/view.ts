/** Reads for a page: one read-only transaction after the commit of whatever changed. A view cannot write. */
import type { World } from '#node/world.ts'
import type { Database, Reader } from './database.ts'

/** What a view is given. An act has all of it too, so that a command can look at what a page shows. */
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
