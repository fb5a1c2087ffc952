/**
 * `node run.mjs FILE [ARGUMENTS]`: runs a file of this checkout on Node 26, and installs missing packages
 * first.
 */
import { resolve } from 'node:path'
import { bootstrap, Hindrance, orExplain, ROOT, runForeground } from './bootstrap.mjs'

await orExplain(async () => {
  const [file, ...args] = process.argv.slice(2)
  if (file === undefined) throw new Hindrance('Name the file to run: node run.mjs FILE [ARGUMENTS]')
  const node = await bootstrap('full')
  process.exitCode = await runForeground(node, [resolve(ROOT, file), ...args])
})
