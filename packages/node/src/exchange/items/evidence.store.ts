/** Reads what an evidence file is made of: the pinned cards, and the entries of a link's two logs. */
import { sql } from 'kysely'
import { SignedCard } from '#wire/link/card.ts'
import { parseJson } from '#wire/json.ts'
import { decodeStatement } from '#wire/statement.ts'
import type { Statement } from '#wire/statement.ts'
import type { Tx } from '#node/kernel/database.ts'

/** Our signed card and the partner's, exactly as both sides compared them. */
export async function readCards(
  tx: Tx,
  partner: string,
): Promise<{ readonly ours: SignedCard; readonly theirs: SignedCard } | null> {
  const row = await tx
    .selectFrom('partner')
    .select(['card', 'our_card'])
    .where('nation', '=', partner)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    ours: SignedCard.parse(parseJson(row.our_card, 'partner.our_card')),
    theirs: SignedCard.parse(parseJson(row.card, 'partner.card')),
  }
}

/** A parsed entry of a log. */
export interface LogStatement {
  readonly index: number
  readonly bytes: Uint8Array
  readonly statement: Statement
}

/** The kinds of entries that support statements about an item. */
const SUPPORTING = ['directory.', 'agreement.declared"', 'assurance.', 'entry.refused"']

/**
 * The entries of a log below `size` that may support an item: the directory, declarations, assurances, refused entries.
 * Malformed entries bind nobody and are left out.
 */
export async function readSupporting(tx: Tx, log: string, size: number): Promise<LogStatement[]> {
  const isOfKind = SUPPORTING.map(
    (kind) => sql<boolean>`position(${Buffer.from(`"kind":"${kind}`)}::bytea in bytes) > 0`,
  )
  const { rows } = await sql<{ index: number; bytes: Uint8Array }>`
    select index, bytes from log_entry
    where log = ${log} and index < ${size} and (${sql.join(isOfKind, sql` or `)})
    order by index`.execute(tx)
  return rows.flatMap(({ index, bytes }) => {
    const statement = parsed(bytes)
    return statement === null ? [] : [{ index, bytes, statement }]
  })
}

function parsed(bytes: Uint8Array): Statement | null {
  try {
    return decodeStatement(bytes)
  } catch {
    return null
  }
}
