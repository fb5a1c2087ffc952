/**
 * The national log: decisions, openings and administration of this node. Its entries never leave the node
 * (NAT-1).
 */
import type { Act } from '#node/kernel/command.ts'
import { iso } from '#node/world.ts'
import { NATIONAL_LOG } from './log.ts'

/** An event with its facts. Never contains a title, a text or a secret. */
export interface NationalEntry {
  readonly what: string
  readonly [fact: string]: string | number | boolean | null | readonly string[]
}

/** Appends an entry in the act's transaction. */
export function recordNational(act: Pick<Act, 'append' | 'wake' | 'world'>, entry: NationalEntry): void {
  const text = JSON.stringify({ v: 1, at: iso(act.world.now()), ...entry })
  act.append('log_pending', { log: NATIONAL_LOG, bytes: Buffer.from(text) })
  act.wake()
}
