/** The thread that PGlite runs in: it answers one question at a time, so that no query blocks the node. */

import { parentPort, workerData } from 'node:worker_threads'
import { OPENED, PANICKED, openFolderEngine } from './database.pglite.engine.ts'
import type { EngineResult, FolderEngineParts, PgliteEngine } from './database.pglite.engine.ts'
import { DatabaseError } from './databaseError.ts'

/** A question to the engine; `sql` absent means a question of its own kind. */
export interface EngineQuestion {
  readonly id: number
  readonly ask: 'query' | 'flushCount' | 'close'
  readonly sql?: string
  readonly parameters?: readonly unknown[]
}

export type EngineAnswer = { readonly id: number } & (
  | { readonly value: EngineResult | number | undefined }
  | { readonly failure: EngineFailure }
)

/** An error as it crosses threads: its own fields (SQLSTATE, constraint, table …) beside the message. */
export interface EngineFailure {
  readonly message: string
  readonly cause: string | undefined
  readonly fields: Readonly<Record<string, string | number>>
}

function answer(engine: PgliteEngine, question: EngineQuestion): Promise<EngineResult | number | void> {
  if (question.ask === 'query') return engine.query(question.sql ?? '', question.parameters ?? [])
  return question.ask === 'flushCount' ? engine.flushCount() : engine.close()
}

function failureOf(error: unknown): EngineFailure {
  if (!(error instanceof Error)) return { message: String(error), cause: undefined, fields: {} }
  const fields = Object.entries(error).filter(
    (field): field is [string, string | number] =>
      typeof field[1] === 'string' || typeof field[1] === 'number',
  )
  const cause =
    error instanceof DatabaseError && error.cause instanceof Error ? error.cause.message : undefined
  return { message: error.message, cause, fields: Object.fromEntries(fields) }
}

async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const post = (message: EngineAnswer): void => port.postMessage(message)
  try {
    const engine = await openFolderEngine(workerData as FolderEngineParts, (said) => {
      post({ id: PANICKED, failure: failureOf(said) })
      process.exit(1)
    })
    port.on('message', (question: EngineQuestion) => {
      answer(engine, question).then(
        (value) => post({ id: question.id, value: value ?? undefined }),
        (error: unknown) => post({ id: question.id, failure: failureOf(error) }),
      )
    })
    post({ id: OPENED, value: undefined })
  } catch (error) {
    post({ id: OPENED, failure: failureOf(error) })
    port.close()
  }
}

if (parentPort !== null) await serve(parentPort)
