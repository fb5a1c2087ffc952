/** Whether the database answers. */
import { sql } from 'kysely'
import type { Reader } from './database.ts'

/** Resolves when the database answers. @throws when it does not */
export async function pingDatabase(reader: Reader): Promise<void> {
  await sql`select 1`.execute(reader)
}
