/** Handles a partner's statements about the keys of its people (ID-52, ID-53). */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { Statement } from '#wire/statement.ts'
import type { Act } from '#node/kernel/command.ts'
import { activeEntry, entryFault } from './directory.ts'
import { endPartnerPerson, insertPartnerPerson, listPartnerKey } from './rights.store.ts'
import { ententeRule } from '#node/kernel/permission.ts'

/** Where a statement comes from: a partner's log, and its index there. */
export interface StatementSource {
  readonly from: string
  readonly index: number
}

/** A partner enters a key, or changes its authorities. */
export async function onDirectoryEntered(
  act: Act,
  statement: Statement<'directory.entered'>,
  { from, index }: StatementSource,
): Promise<Refusal | null> {
  const entry = statement.body
  const fault = entryFault(entry, await listPartnerKey(act.tx, from, entry.keyId))
  if (fault !== null) return refuse(fault, ententeRule('ID-52'))
  await endPartnerPerson(act.tx, from, entry.keyId, index, false)
  await insertPartnerPerson(act.tx, from, entry, index)
  act.hint({ routes: 'identity', id: `${from}/${entry.person}` })
  return null
}

/** A partner withdraws a key: from this index of its log on, the key does not bind that nation. */
export async function onDirectoryWithdrawn(
  act: Act,
  statement: Statement<'directory.withdrawn'>,
  { from, index }: StatementSource,
): Promise<Refusal | null> {
  const { keyId, person } = statement.body
  const active = activeEntry(await listPartnerKey(act.tx, from, keyId))
  if (active === null) return refuse('not_found', ententeRule('ID-53'))
  if (active.person !== person) return refuse('statement_invalid', ententeRule('ID-53'))
  await endPartnerPerson(act.tx, from, keyId, index, true)
  act.hint({ routes: 'identity', id: `${from}/${person}` })
  return null
}
