/** What is sent over a connection when, with a server whose answers come when the test says so. */
import type { PostgresPoolClient } from 'kysely'
import { expect, it } from 'vitest'
import { createConversation } from './conversation.ts'

interface Asked {
  readonly sql: string
  answer(command: string): void
  fail(message: string): void
}

function openServer() {
  const asked: Asked[] = []
  const query = (sql: string) =>
    new Promise((resolve, reject) => {
      asked.push({
        sql,
        answer: (command) => resolve({ command, rowCount: 0, rows: [] }),
        fail: (message) => reject(new Error(message)),
      })
    })
  const client = { query, release: () => {} } as unknown as PostgresPoolClient
  return {
    conversation: createConversation(client, 'a test'),
    asked,
    texts: () => asked.map(({ sql }) => sql),
  }
}

/** Lets everything go on that waits for nothing but itself. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

const BEGIN = 'start transaction isolation level read committed'

it('reads go out behind the beginning, a write only when the transaction is known to have begun', async () => {
  const { conversation, asked, texts } = openServer()
  conversation.begin('act')
  const answers = [
    conversation.query('select 1', []),
    conversation.query('update x', []),
    conversation.query('select 2', []),
  ]
  await settled()
  expect(texts()).toEqual([BEGIN, 'select 1'])
  asked[0]!.answer('START TRANSACTION')
  await settled()
  // What was asked after the write keeps its place.
  expect(texts()).toEqual([BEGIN, 'select 1', 'update x', 'select 2'])
  for (const each of asked) each.answer('DONE')
  expect(await Promise.all(answers)).toHaveLength(3)
})

it('writes nothing when the transaction did not begin', async () => {
  const { conversation, asked, texts } = openServer()
  conversation.begin('act')
  const written = conversation.query('update x', [])
  const committed = conversation.commit([])
  asked[0]!.fail('no more transactions')
  await expect(written).rejects.toThrow('no more transactions')
  await expect(committed).rejects.toThrow('no more transactions')
  expect(texts()).toEqual([BEGIN])
})

it('sends the last writes and the commit at once, and says which of them failed', async () => {
  const { conversation, asked, texts } = openServer()
  conversation.begin('act')
  asked[0]!.answer('START TRANSACTION')
  await settled()
  const last = ['insert into x', 'update y'].map((sql) => ({ sql, parameters: [] }) as never)
  const committed = conversation.commit(last)
  await settled()
  expect(texts()).toEqual([BEGIN, 'insert into x', 'update y', 'commit'])
  asked[1]!.answer('INSERT')
  asked[2]!.fail('y is full')
  asked[3]!.answer('ROLLBACK')
  await expect(committed).rejects.toThrow('y is full')
})
