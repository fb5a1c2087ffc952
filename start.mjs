/** `npm start`: installs what is missing, builds the console, and runs the demonstration of three nations. */
import { join } from 'node:path'
import { bootstrap, buildConsole, orExplain, ROOT, runForeground } from './bootstrap.mjs'

await orExplain(async () => {
  const node = await bootstrap('start')
  await buildConsole(node)
  const main = join(ROOT, 'packages', 'cli', 'src', 'main.ts')
  process.exitCode = await runForeground(node, [main, 'demo', ...process.argv.slice(2)])
})
