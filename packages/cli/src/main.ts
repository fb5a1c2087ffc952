/** `entente`: one node for real use, its links, and the offline verifier. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Stop, say } from './say.ts'

const HELP = `entente init --nation JP --address https://HOST:PORT [--data FOLDER] [--console-port N] [--door-port N]
entente node [--data FOLDER]                    run a node
entente link invite [FILE]                      write our card for a partner
entente link accept FILE                        accept a partner's card, and show the fingerprint
entente link confirm NATION "FINGERPRINT"       open the link when both screens show the same
entente link freeze NATION | link list
entente backup [--data FOLDER] --to FOLDER       copy a node, also while it runs
entente restore --from FOLDER [--data FOLDER]    make a node from a backup
entente explain DECISION                        show a recorded decision and replay it
entente doctor [--data FOLDER]                  check the node and say what to do
entente verify FILE [--fingerprint "…"]         check an evidence file, with no node and no network

--node URL, --as PERSON, --password-file FILE   for link and explain: where to sign in, and as whom
DATABASE_URL                                    PostgreSQL instead of the embedded database`

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

const OPTIONS = {
  data: { type: 'string' },
  to: { type: 'string' },
  from: { type: 'string' },
  nation: { type: 'string' },
  address: { type: 'string' },
  'console-port': { type: 'string', default: '8100' },
  'door-port': { type: 'string', default: '8101' },
  'metrics-port': { type: 'string', default: '8102' },
  node: { type: 'string', default: 'http://localhost:8100' },
  as: { type: 'string', default: 'administrator' },
  'password-file': { type: 'string' },
  log: { type: 'string', default: 'info' },
  help: { type: 'boolean', default: false },
} as const

async function run(argv: readonly string[]): Promise<void> {
  if (argv[0] === 'verify') {
    // The verifier is self-contained: it loads nothing of a node.
    const { runVerify } = await import('./verify.ts')
    process.exitCode = runVerify(argv.slice(1), process.stdout)
    return
  }
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  const [command, ...args] = positionals
  if (values.help || command === undefined) return say(HELP)
  const databaseUrl = process.env['DATABASE_URL']
  if (command === 'init') return runInit(values, databaseUrl)
  if (command === 'node') {
    const { node } = await import('./node.ts')
    return node({ data: values.data, root: ROOT, version: version(), log: values.log, databaseUrl })
  }
  if (command === 'doctor') {
    const { doctor } = await import('./doctor.ts')
    process.exitCode = (await doctor(values.data, join(ROOT, 'packages/web/dist'))) ? 0 : 1
    return
  }
  if (command === 'backup' || command === 'restore') return runBackup(command, values, databaseUrl)
  if (command === 'link' || command === 'explain') return runSignedIn(command, args, values)
  throw new Stop(`There is no command ${command}.\n\n${HELP}`)
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values']

async function runInit(values: Values, databaseUrl: string | undefined): Promise<void> {
  if (values.nation === undefined || values.address === undefined) {
    throw new Stop('Give --nation (two letters) and --address (https://HOST:PORT that partners can reach).')
  }
  const { init } = await import('./init.ts')
  await init({
    data: values.data,
    nation: values.nation,
    address: values.address,
    consolePort: Number(values['console-port']),
    doorPort: Number(values['door-port']),
    metricsPort: Number(values['metrics-port']),
    databaseUrl,
  })
}

async function runBackup(
  command: 'backup' | 'restore',
  { data, from, to }: Values,
  databaseUrl: string | undefined,
): Promise<void> {
  if (databaseUrl !== undefined) {
    throw new Stop(
      "DATABASE_URL names a server: back it up and restore it with the server's tools, and copy keys.json, node.json " +
        'and blobs after it. For a node with a database of its own, leave DATABASE_URL out.',
    )
  }
  const { backup, restoreBackup } = await import('./backup.ts')
  if (command === 'backup') {
    if (to === undefined) throw new Stop('Give --to FOLDER: where to write the backup.')
    return backup(data, to, version())
  }
  if (from === undefined) throw new Stop('Give --from FOLDER: where the backup is.')
  return restoreBackup(from, data)
}

async function runSignedIn(
  command: 'link' | 'explain',
  args: readonly string[],
  values: Values,
): Promise<void> {
  const { signIn } = await import('./session.ts')
  const client = await signIn({ node: values.node, as: values.as, passwordFile: values['password-file'] })
  if (command === 'link') {
    const { link } = await import('./link.ts')
    return link(client, args)
  }
  const [decision] = args
  if (decision === undefined) throw new Stop('Name the decision: entente explain DECISION.')
  const { explain } = await import('./explain.ts')
  return explain(client, decision)
}

function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  const isForOperator = error instanceof Error && (error instanceof Stop || 'code' in error)
  process.stderr.write(
    `${isForOperator ? error.message : error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
  )
  process.exitCode = 1
}
