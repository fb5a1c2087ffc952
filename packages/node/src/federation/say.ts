/**
 * Saying something to a partner: the statement is appended, in the act's own transaction, to what the courier will
 * put into the link log. Nothing is sent here (LINK-10).
 */
import { encodeHex } from '#wire/digest.ts'
import { encodeStatement } from '#wire/statement.ts'
import type { Statement } from '#wire/statement.ts'
import type { Kind } from '#wire/pillars.ts'
import type { Act } from '#node/kernel/command.ts'
import { outLog } from './log.ts'
import { lockMatter, storeMatter, tellMatter } from './matter.store.ts'
import type { HeldMatter } from './matter.store.ts'

/** What a slice gives; the envelope is filled in here. */
export type Saying<K extends Kind = Kind> = {
  [Name in K]: {
    kind: Name
    body: Extract<Statement, { kind: Name }>['body']
    agreement?: NonNullable<Statement['agreement']>
    acts?: NonNullable<Statement['acts']>
    /** The matter it is about; it must exist. */
    matter?: string
    /** Content that it names: the partner may fetch it, and small content travels along. */
    blobs?: readonly string[]
  }
}[K]

/** What was said, as exact bytes. */
export interface Said {
  readonly id: string
  readonly bytes: Uint8Array
  readonly at: string
}

/** 32 hex digits that nobody else will draw. */
export function newId(act: Pick<Act, 'world'>): string {
  return encodeHex(act.world.random(16))
}

/** Appends a statement to what is to be said to `partner`; a matter that it names by its id is locked and stored. */
export async function say(act: Act, partner: string, saying: Saying): Promise<Said> {
  if (saying.matter === undefined) return sayAbout(act, partner, saying, null)
  const said = sayAbout(act, partner, saying, await lockMatter(act.tx, saying.matter))
  await storeMatter(act, said.matter)
  return said
}

/** The same about a matter that the act holds, which it stores itself; or about none. */
export function sayAbout<M extends HeldMatter | null>(
  act: Act,
  partner: string,
  saying: Omit<Saying, 'matter'>,
  matter: M,
): Said & { readonly matter: M } {
  const id = newId(act)
  const now = act.world.now()
  const at = new Date(now).toISOString()
  const bytes = encodeStatement({
    v: 1,
    kind: saying.kind,
    id,
    from: act.nation,
    to: partner,
    at,
    ...(matter === null ? {} : { matter: { id: matter.id, home: matter.home, seen: matter.partnerCount } }),
    ...(saying.agreement === undefined ? {} : { agreement: saying.agreement }),
    ...(saying.acts === undefined ? {} : { acts: saying.acts }),
    body: saying.body,
  } as Statement)
  const log = outLog(partner)
  const kept = { kind: saying.kind, statement: id, bytes, log, index: null, at: now }
  const told = matter === null ? matter : (tellMatter(act, matter, kept) as M)
  const blobs = saying.blobs ?? []
  for (const digest of blobs) act.appendOnce('blob_offered', { nation: partner, digest })
  act.append('log_pending', {
    log,
    bytes,
    blobs: blobs.length === 0 ? null : JSON.stringify(blobs),
    statement: id,
    kind: saying.kind,
  })
  act.wake()
  return { id, bytes, at, matter: told }
}
