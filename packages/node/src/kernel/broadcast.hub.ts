/**
 * Passes hints between the processes of a node that share one PostgreSQL, by NOTIFY: after a commit in one of them, the
 * pages and the courier of the others look at once (API-6, LINK-18). Hints carry no content, and nothing depends on
 * their delivery: the courier polls, and a page refetches when it reconnects.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Hint } from './command.ts'

export interface Broadcast {
  /** Sends hints to the other processes; called after a commit. */
  tell(hints: readonly Hint[]): void
  close(): Promise<void>
}

export interface BroadcastOptions {
  readonly url: string
  /** The schema of the nation's tables, which names the NOTIFY channel. */
  readonly schema: string
  /** Called with the hints of another process. */
  heard(hints: readonly Hint[]): void
}

/** Per notification: its limit is 8,000 bytes, and a hint is well below 100. */
const HINTS_MAX = 64
const RETRY_MS = 1000
/** Hints within this interval are sent together, which also bounds how often a page refetches. */
const BATCH_MS = 25

interface Message {
  readonly from: string
  readonly hints: readonly Hint[]
}

/** Opens the broadcast. It connects in the background, and reconnects when the connection is lost. */
export function openBroadcast(options: BroadcastOptions): Broadcast {
  const own = randomUUID()
  const channel = openChannel(options, own)
  let timer: NodeJS.Timeout | null = null
  let batch: Hint[] = []
  let sending = Promise.resolve()

  function send(): void {
    timer = null
    const hints = batch
    batch = []
    // An empty batch is sent too: it wakes the courier.
    for (const text of messagesOf(own, hints)) sending = sending.then(() => channel.notify(text))
  }

  return {
    tell(hints) {
      batch.push(...hints)
      timer ??= setTimeout(send, BATCH_MS)
    },
    async close() {
      if (timer !== null) clearTimeout(timer)
      await sending
      await channel.close()
    },
  }
}

/** A connection that listens and notifies. While it is down, notifications are dropped. */
function openChannel({ url, schema, heard }: BroadcastOptions, own: string) {
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: url,
      keepAlive: true,
      application_name: `${schema}.hints`,
    })
    fresh.on('error', () => lose(fresh))
    fresh.on('end', () => lose(fresh))
    fresh.on('notification', ({ payload }) => {
      const { from, hints } = JSON.parse(payload ?? '{}') as Message
      if (from !== own) heard(hints)
    })
    try {
      await fresh.connect()
      await fresh.query(`listen ${pg.escapeIdentifier(schema)}`)
    } catch {
      return lose(fresh)
    }
    if (isClosed) await fresh.end()
    else client = fresh
  }

  function lose(lost: pg.Client): void {
    if (client === lost) client = null
    if (isClosed || timer !== null) return
    timer = setTimeout(() => {
      timer = null
      void connect()
    }, RETRY_MS)
  }

  const connecting = connect()
  return {
    async notify(text: string): Promise<void> {
      const sender = client
      await sender?.query('select pg_notify($1, $2)', [schema, text]).catch(() => lose(sender))
    },
    async close(): Promise<void> {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      await connecting
      await client?.end()
    },
  }
}

function messagesOf(from: string, hints: readonly Hint[]): string[] {
  const parts = Math.max(1, Math.ceil(hints.length / HINTS_MAX))
  return Array.from({ length: parts }, (_, part) => {
    const message: Message = { from, hints: hints.slice(part * HINTS_MAX, (part + 1) * HINTS_MAX) }
    return JSON.stringify(message)
  })
}
