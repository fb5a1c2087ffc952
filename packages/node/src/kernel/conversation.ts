/**
 * What is said over one connection. Queries go out as they are asked, without waiting for the answers to those before
 * them: the server takes them in order, and answers in order. A round trip costs more than most queries.
 */
import type { CompiledQuery, PostgresPoolClient } from 'kysely'
import { explainQuery } from './databaseError.ts'

/** What a connection answers to one query. */
export interface Answer {
  readonly command: string
  readonly rowCount: number
  readonly rows: readonly unknown[]
}

export interface Conversation {
  query(sql: string, parameters: readonly unknown[]): Promise<Answer>
  /** Begins a transaction without waiting for the answer; nothing is written before it has come. */
  begin(mode: TransactionMode): void
  /**
   * Writes the last queries and commits, all at once.
   * @throws the error of the first query that failed; nothing is kept then
   */
  commit(last: readonly CompiledQuery[]): Promise<void>
}

/** An act writes and locks what it decides on; a view reads one state of the database. */
export type TransactionMode = 'act' | 'view'

const BEGIN: Readonly<Record<TransactionMode, string>> = {
  act: 'start transaction isolation level read committed',
  view: 'start transaction isolation level repeatable read read only',
}

const READS = /^\s*select\b/i

/** Opens a conversation over a connection. `place` names the database in errors. */
export function createConversation(client: PostgresPoolClient, place: string): Conversation {
  /** The answer to the last `begin`, until it has come; for ever when it is an error. */
  let beginning: Promise<unknown> | null = null
  let isWaiting = false

  const ask = async (sql: string, parameters: readonly unknown[]): Promise<Answer> => {
    try {
      return (await client.query(sql, parameters)) as unknown as Answer
    } catch (error) {
      throw explainQuery(error, place)
    }
  }

  /** A write waits for BEGIN to succeed; later queries queue behind it. */
  const query: Conversation['query'] = (sql, parameters) => {
    if (beginning === null || (READS.test(sql) && !isWaiting)) return ask(sql, parameters)
    isWaiting = true
    return beginning.then(() => ask(sql, parameters))
  }

  return {
    query,
    begin(mode) {
      isWaiting = false
      const answer = ask(BEGIN[mode], []).then(() => {
        if (beginning === answer) beginning = null
      })
      beginning = answer
      answer.catch(() => {})
    },
    async commit(last) {
      const written = last.map(({ sql, parameters }) => query(sql, parameters))
      const [answer, ...others] = await Promise.allSettled([query('commit', []), ...written])
      for (const { status, reason } of [...others, answer] as PromiseRejectedResult[]) {
        if (status === 'rejected') throw reason
      }
      // After a statement that failed, `commit` answers ROLLBACK and no error: here it is one.
      if (answer!.status === 'fulfilled' && answer.value.command !== 'COMMIT') throw new Error(CARELESS)
    },
  }
}

const CARELESS = 'INVARIANT: an act that caught an error of the database must not return'
