/** No plaintext: no table and no file contains what people wrote, as UTF-8 or in base64. */
import type { Disk } from '../disk.ts'
import { MARKER } from '../model.ts'
import { Violation } from '../violation.ts'

/** The marker as UTF-8, and in base64 at each of the three alignments. */
export const MARKERS: readonly Uint8Array[] = [
  Buffer.from(MARKER),
  // Only the base64 characters that do not depend on neighbouring bytes.
  ...[0, 1, 2].map((shift) => Buffer.from(inBase64(shift))),
]

function inBase64(shift: number): string {
  const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(MARKER)])
  const first = Math.ceil((shift * 8) / 6)
  const last = Math.floor((whole.length * 8) / 6)
  return whole.toString('base64').slice(first, last)
}

/** Scans every text column of every table, and every file, of a disk. */
export async function auditPlaintext(nation: string, disk: Disk): Promise<void> {
  const columns = await disk.rows<{ table: string; column: string; type: string }>(
    `select table_name as table, column_name as column, data_type as type from information_schema.columns
      where table_schema = current_schema() and data_type in ('text', 'bytea') and table_name <> 'migration'`,
  )
  const tests = columns.map(({ table, column, type }) => {
    const bytes = type === 'bytea' ? `"${column}"` : `convert_to("${column}", 'UTF8')`
    const finds = MARKERS.map(
      (marker) => `position('\\x${Buffer.from(marker).toString('hex')}'::bytea in ${bytes}) > 0`,
    )
    return `select '${table}.${column}' as location where exists (select 1 from "${table}" where ${finds.join(' or ')})`
  })
  for (const { location } of await disk.rows<{ location: string }>(tests.join(' union all '))) {
    throw new Violation('plaintext', `${nation} keeps content in the clear in ${location}`)
  }
  for (const [digest, bytes] of [...disk.files.complete, ...disk.files.parts]) {
    if (MARKERS.some((marker) => Buffer.from(bytes).includes(marker))) {
      throw new Violation('plaintext', `${nation} keeps content in the clear in the file ${digest}`)
    }
  }
}
