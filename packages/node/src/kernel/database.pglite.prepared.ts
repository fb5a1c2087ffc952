/**
 * Queries with parameters on PGlite, each text parsed and planned once. `PGlite.query` prepares and describes it anew
 * every time, in five calls of the engine: twice the time of a small query.
 */
import { parse, protocol } from '@electric-sql/pglite'
import type { PGlite } from '@electric-sql/pglite'
import { BYTEA } from './databaseValues.ts'

type Messages = Parameters<typeof parse.parseResults>[0]
type Answer = ReturnType<typeof parse.parseResults>[number]

export interface PreparedQueries {
  query(sql: string, parameters: readonly unknown[]): Promise<Answer | undefined>
  /** Forgets what was prepared: a definition has changed. */
  forget(): Promise<void>
}

/** Beyond this many different texts each is parsed anew, as the engine keeps every one until it closes. */
const PREPARED_COUNT_MAX = 500

const { serialize } = protocol

/** The caller sends one query at a time. */
export function preparedQueries(pglite: PGlite): PreparedQueries {
  /** Of each text, the types of its parameters; its name is its place. */
  const prepared = new Map<string, { readonly statement: string; readonly types: readonly number[] }>()

  async function send(...parts: readonly Uint8Array[]): Promise<Messages> {
    const { messages } = await pglite.execProtocol(Buffer.concat([...parts, serialize.sync()]), {
      // What is committed is flushed by the files themselves.
      syncToFs: false,
      throwOnError: true,
    })
    return messages as Messages
  }

  async function prepare(sql: string) {
    const statement = `q${prepared.size}`
    const described = await send(
      serialize.parse({ name: statement, text: sql }),
      serialize.describe({ type: 'S', name: statement }),
    )
    const entry = { statement, types: parse.parseDescribeStatementResults(described) }
    prepared.set(sql, entry)
    return entry
  }

  return {
    async query(sql, parameters) {
      if (!prepared.has(sql) && prepared.size >= PREPARED_COUNT_MAX)
        return (await pglite.query(sql, [...parameters])) as Answer
      const { statement, types } = prepared.get(sql) ?? (await prepare(sql))
      const values = parameters.map((value, index) => written(pglite, value, types[index]))
      const messages = await send(
        serialize.bind({ statement, values }),
        serialize.describe({ type: 'P' }),
        serialize.execute({}),
      )
      return parse.parseResults(messages, pglite.parsers).at(-1)
    },
    async forget() {
      if (prepared.size === 0) return
      prepared.clear()
      await pglite.exec('deallocate all')
    },
  }
}

/** A parameter as the engine reads it: bytes as they are, anything else as text, or null. */
function written(pglite: PGlite, value: unknown, type: number | undefined): string | Uint8Array | null {
  if (value === null || value === undefined) return null
  if (value instanceof Uint8Array && type === BYTEA) return value
  const write = type === undefined ? undefined : pglite.serializers[type]
  return write === undefined ? (value as string | number | bigint).toString() : write(value)
}
