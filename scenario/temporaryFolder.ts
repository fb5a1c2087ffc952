/** Temporary folders in which nodes keep their data. */
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes one. Where root makes it, the account that runs the embedded servers may pass through, and not look. */
export function makeTemporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `entente-${name}-`))
  chmodSync(folder, 0o711)
  return folder
}
