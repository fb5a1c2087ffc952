/** What an operator watches of logs and links. */
import type { Reader } from '#node/kernel/database.ts'

/** Each log with its entries, and how many of them the partner cosigned. */
export async function readLogSizes(reader: Reader) {
  return reader.selectFrom('log').select(['name', 'size', 'witnessed_size as cosigned']).execute()
}

/** Each link with its state and the failed contacts in a row. */
export async function readLinkStates(reader: Reader) {
  return reader.selectFrom('partner').select(['nation', 'state', 'failures']).execute()
}
