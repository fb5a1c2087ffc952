/** Reads the policies that ship with the node: the gate's own and those of each pillar. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PolicyTexts } from './policy.ts'

/** The folder of the rules common to all pillars: the agreement, the link, the people. */
export const GATE_POLICIES = fileURLToPath(new URL('./policies/', import.meta.url))

/**
 * The text of all `*.cedar` files in these folders, sorted by the number in their names, which is their precedence; and
 * of all schemas. Line ends are normalised to `\n`.
 */
export function readPolicyTexts(folders: readonly string[]): PolicyTexts {
  const files = folders.flatMap((folder) =>
    readdirSync(folder).map((name) => ({ name, path: join(folder, name) })),
  )
  const read = (ending: string) =>
    files
      .filter(({ name }) => name.endsWith(ending))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map(({ path }) => readFileSync(path, 'utf8').replaceAll('\r\n', '\n'))
      .join('\n')
  return { policies: read('.cedar'), schema: read('.cedarschema') }
}
