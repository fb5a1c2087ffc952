/**
 * `npm run scenario [-- NAME… --update]`: plays scripts against three new nodes and compares the transcripts.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { play } from './play.ts'
import { openRehearsal, readScript, scriptNames, transcriptPath } from './rehearsal.ts'

const { values, positionals } = parseArgs({
  options: { update: { type: 'boolean', default: false } },
  allowPositionals: true,
})

const wanted =
  positionals.length === 0
    ? scriptNames()
    : scriptNames().filter((name) => positionals.some((prefix) => name.startsWith(prefix)))
if (wanted.length === 0) {
  process.stderr.write(`Unknown script. The scripts are: ${scriptNames().join(', ')}\n`)
  process.exit(2)
}
const scripts = wanted.map((name) => ({ name, entries: readScript(name) }))
const rehearsal = await openRehearsal({ progress: (sentence) => process.stdout.write(`  ${sentence}\n`) })
try {
  for (const { name, entries } of scripts) {
    process.stdout.write(`\n${name}\n`)
    const progress = (step: { source: string }): void => void process.stdout.write(`  ${step.source}\n`)
    report(name, await play(entries, rehearsal.stage(), { progress }))
  }
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  await rehearsal.end()
}

function report(name: string, transcript: string): void {
  const path = transcriptPath(name)
  const golden = existsSync(path) ? readFileSync(path, 'utf8') : null
  if (values.update) writeFileSync(path, transcript)
  if (golden === transcript) process.stdout.write('  as expected\n')
  else if (values.update)
    process.stdout.write(`  ${golden === null ? 'transcript written' : 'transcript changed'}: ${path}\n`)
  else {
    process.stderr.write(
      `  The transcript differs from ${path}. Review it, and accept it with --update.\n${transcript}`,
    )
    process.exitCode = 1
  }
}
