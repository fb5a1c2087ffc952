/** Parsers of column values: one JavaScript form for each SQL type, whatever the server's settings. */
import pg from 'pg'
import { DatabaseError } from './databaseError.ts'

/** Parses a value from the text that the server sends. */
type Parse = (text: string) => unknown

/** OIDs of the types that the driver would parse differently. */
const BYTEA = 17
const INT8 = 20
const DATE = 1082
const TIMESTAMP = 1114
const TIMESTAMPTZ = 1184
const BYTEA_ARRAY = 1001
const TEXT_ARRAY = 1009
const INT8_ARRAY = 1016
const DATE_ARRAY = 1182

const driverParser = (type: number): Parse => pg.types.getTypeParser(type, 'text') as Parse

/** Dates and timestamps stay text, so that the driver does not apply a time zone. */
const PARSERS: Readonly<Record<number, Parse>> = {
  [BYTEA]: parseBytea,
  [INT8]: parseInt8,
  [DATE]: (text) => text,
  [TIMESTAMP]: (text) => text,
  [TIMESTAMPTZ]: (text) => text,
  [BYTEA_ARRAY]: listOf(parseBytea),
  [INT8_ARRAY]: listOf(parseInt8),
  [DATE_ARRAY]: driverParser(TEXT_ARRAY),
}

/** The parser of a type, by its OID. */
export function parserOf(type: number): Parse {
  return PARSERS[type] ?? driverParser(type)
}

/** An int8 as a number. Every stored integer is below 2^53; a larger one is an error and never rounded. */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) {
    throw new DatabaseError('number_unsafe', `The integer ${text} in the database exceeds 2^53 - 1.`)
  }
  return value
}

/** A bytea from its hex form, as a new array. */
function parseBytea(text: string): Uint8Array {
  return Uint8Array.fromHex(text.slice(2))
}

function listOf(parse: Parse): Parse {
  const texts = driverParser(TEXT_ARRAY) as (text: string) => (string | null)[]
  return (text) => texts(text).map((item) => (item === null ? null : parse(item)))
}
