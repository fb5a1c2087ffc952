/** Fresh, migrated, empty databases for the suites of every slice, on PGlite and on PostgreSQL. */

import { openDatabase } from './database.ts'
import type { Database } from './database.ts'

/** A migrated, empty database of the test's own; close it when done. */
export async function openTestDatabase(): Promise<Database> {
  return openDatabase({ memory: true })
}
