/**
 * `npm start`: installs missing packages, builds the console, and runs the demonstration of three nations.
 */
import { join } from 'node:path'
import { bootstrap, buildConsole, orExplain, ROOT, runForeground } from './bootstrap.mjs'

await orExplain(async () => {
  const node = await bootstrap('start')
  await buildConsole(node)
  const main = join(ROOT, 'scenario', 'demo.ts')
  process.exitCode = await runForeground(node, [main, ...process.argv.slice(2)])
})
