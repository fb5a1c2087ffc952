/**
 * Hints between the processes that share one PostgreSQL: what one of them commits, the pages and the courier of the
 * others hear of at once (API-6, LINK-18). It carries no content, and nothing rests on it: a hint that is lost is made
 * up for by the courier's poll and by whoever looks again.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Hint } from './command.ts'

export interface Broadcast {
  /** Tells the other processes, after a commit. */
  tell(hints: readonly Hint[]): void
  close(): Promise<void>
}

export interface BroadcastOptions {
  readonly url: string
  /** The schema of the nation's tables; its processes hear each other and nobody else. */
  readonly schema: string
  /** Called with what another process announced. */
  heard(hints: readonly Hint[]): void
}

/** A notification holds less than 8,000 bytes; a hint is far below a hundred. */
const HINTS_MAX = 64
const RETRY_MS = 1000
/** What is announced within this goes out together: a page looks again no oftener than that. */
const GATHER_MS = 25

interface Message {
  readonly from: string
  readonly hints: readonly Hint[]
}

/** Opens the broadcast. It connects by itself, now and whenever the connection is lost. */
export function openBroadcast(options: BroadcastOptions): Broadcast {
  const own = randomUUID()
  const line = openLine(options, own)
  let gathering: NodeJS.Timeout | null = null
  let gathered: Hint[] = []
  let sending = Promise.resolve()

  function send(): void {
    gathering = null
    const hints = gathered
    gathered = []
    // Without a hint as well: something may wait for the courier.
    for (const text of messagesOf(own, hints)) sending = sending.then(() => line.notify(text))
  }

  return {
    tell(hints) {
      gathered.push(...hints)
      gathering ??= setTimeout(send, GATHER_MS)
    },
    async close() {
      if (gathering !== null) clearTimeout(gathering)
      await sending
      await line.close()
    },
  }
}

/** The connection on which a process listens and tells; without one nothing is told. */
function openLine({ url, schema, heard }: BroadcastOptions, own: string) {
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
