/** Gauges of logs and links for the operator. */
import type { Reader } from '#node/kernel/database.ts'

/** Every log with its number of entries, and how many of them the partner has cosigned. */
export async function readLogSizes(reader: Reader) {
  return reader.selectFrom('log').select(['name', 'size', 'witnessed_size as cosigned']).execute()
}

/** Every link with its state and its consecutive failed contacts. */
export async function readLinkStates(reader: Reader) {
  return reader.selectFrom('partner').select(['nation', 'state', 'failures']).execute()
}
