/** Temporary folders for the data of nodes. */
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Creates a folder. Other accounts may traverse it but not list it, because under root the server runs as
 * another account.
 */
export function makeTemporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `entente-${name}-`))
  chmodSync(folder, 0o711)
  return folder
}
