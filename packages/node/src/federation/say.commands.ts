/**
 * Appends statements to a partner to the pending statements, in the act's transaction. The courier moves them
 * into the link log and sends them; nothing is sent here (LINK-10).
 */
import { encodeHex } from '#wire/digest.ts'
import { encodeStatement } from '#wire/statement.ts'
import type { Statement } from '#wire/statement.ts'
import type { Kind } from '#wire/pillars.ts'
import type { Act } from '#node/kernel/command.ts'
import { iso } from '#node/world.ts'
import { outLog } from './log.ts'
import { lockMatter, storeMatter, tellMatter } from './matter.store.ts'
import type { HeldMatter } from './matter.store.ts'

/** A statement without its envelope, which `say` adds. */
export type Saying<K extends Kind = Kind> = {
  [Name in K]: {
    kind: Name
    body: Extract<Statement, { kind: Name }>['body']
    agreement?: NonNullable<Statement['agreement']>
    acts?: NonNullable<Statement['acts']>
    /** The id of an existing matter that the statement is about. */
    matter?: string
    /** Digests of the content that it names. The partner may fetch it; small content goes into the bundle. */
    blobs?: readonly string[]
  }
}[K]

/** A statement that was said, as exact bytes. */
export interface Said {
  readonly id: string
  readonly bytes: Uint8Array
  readonly at: string
}

/** A random, globally unique id of 32 hex digits. */
export function newId(act: Pick<Act, 'world'>): string {
  return encodeHex(act.world.random(16))
}

/** Says a statement to a partner. Locks and stores the matter that it names. */
export async function say(act: Act, partner: string, saying: Saying): Promise<Said> {
  if (saying.matter === undefined) return sayAbout(act, partner, saying, null)
  const said = sayAbout(act, partner, saying, await lockMatter(act.tx, saying.matter))
  await storeMatter(act, said.matter)
  return said
}

/** Says a statement about a held matter, which the caller stores, or about none. */
export function sayAbout<M extends HeldMatter | null>(
  act: Act,
  partner: string,
  saying: Omit<Saying, 'matter'>,
  matter: M,
): Said & { readonly matter: M } {
  const id = newId(act)
  const now = act.world.now()
  const at = iso(now)
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
  const advanced = matter === null ? matter : (tellMatter(act, matter, kept) as M)
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
  return { id, bytes, at, matter: advanced }
}
