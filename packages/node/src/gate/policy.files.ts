/** Reads the policies that ship with the node. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PolicyTexts } from './policy.ts'

const FOLDER = fileURLToPath(new URL('./policies/', import.meta.url))

/** The texts of `policies/*.cedar`, joined in name order, and of the schema; line ends are `\n` everywhere. */
export function readPolicyTexts(): PolicyTexts {
  const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8').replaceAll('\r\n', '\n')
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.cedar'))
  return { policies: files.sort().map(read).join('\n'), schema: read('gate.cedarschema') }
}
