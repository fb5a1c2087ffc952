/** How values leave the database: one table of parsers, so that a row is the same from either engine. */

import { DatabaseError } from './databaseError.ts'

/** The PostgreSQL type numbers that are read otherwise than the drivers would by themselves. */
export const BYTEA = 17
export const INT8 = 20
const DATE = 1082
const TIMESTAMP = 1114
const TIMESTAMPTZ = 1184
export const BYTEA_ARRAY = 1001
export const TEXT_ARRAY = 1009
export const INT8_ARRAY = 1016
export const DATE_ARRAY = 1182

/** An int8 as a number; every integer we keep is below 2^53, and one that is not is refused, not rounded. */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) {
    throw new DatabaseError('number_unsafe', `The integer ${text} in the database is beyond 2^53.`)
  }
  return value
}

/** A bytea in its hex form as bytes of its own. */
function parseBytea(text: string): Uint8Array {
  return Uint8Array.fromHex(text.slice(2))
}

/** Dates and timestamps stay the text that PostgreSQL writes: neither driver may shift them by a zone. */
export const scalarParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [BYTEA]: parseBytea,
  [INT8]: parseInt8,
  [DATE]: (text) => text,
  [TIMESTAMP]: (text) => text,
  [TIMESTAMPTZ]: (text) => text,
}
