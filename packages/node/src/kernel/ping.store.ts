/** A health check of the database. */
import { sql } from 'kysely'
import type { Reader } from './database.ts'

/** Resolves once the database answers. @throws if it does not */
export async function pingDatabase(reader: Reader): Promise<void> {
  await sql`select 1`.execute(reader)
}
