/** `entente`: one node for real use, its links, and the offline verifier. */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Stop, say } from './say.ts'

const HELP = `entente init --nation JP --address https://HOST:PORT [--data FOLDER] [--console-port N] [--door-port N]
entente node [--data FOLDER]                    run a node
entente link invite [FILE]                      hand our card to a partner
entente link accept FILE                        take in a partner's card, and show the fingerprint
entente link confirm NATION "FINGERPRINT"       open the link when both screens show the same
entente link freeze NATION | link list
entente explain DECISION                        decide a recorded decision again
entente doctor [--data FOLDER]                  look at the node and say what to do
entente verify FILE [--fingerprint "…"]         check an evidence file, with no node and no network

--node URL, --as PERSON, --password-file FILE   for link and explain: where to sign in, and as whom
DATABASE_URL                                    PostgreSQL instead of the embedded database`

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

const OPTIONS = {
  data: { type: 'string' },
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

async function run(args: readonly string[]): Promise<void> {
  if (args[0] === 'verify') {
    // The verifier loads nothing of a node.
    const { runVerify } = await import('./verify.ts')
    process.exitCode = runVerify(args.slice(1), process.stdout)
    return
  }
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  const [command, ...words] = positionals
  if (values.help || command === undefined) return say(HELP)
  const data = values.data ?? join(homedir(), '.entente', 'node')
  const databaseUrl = process.env['DATABASE_URL']
  if (command === 'init') return runInit(values, data, databaseUrl)
  if (command === 'node') {
    const { node } = await import('./node.ts')
    return node({ data, root: ROOT, version: version(), log: values.log, databaseUrl })
  }
  if (command === 'doctor') {
    const { doctor } = await import('./doctor.ts')
    process.exitCode = (await doctor(data, join(ROOT, 'packages/web/dist'))) ? 0 : 1
    return
  }
  if (command === 'link' || command === 'explain') return runSignedIn(command, words, values)
  throw new Stop(`There is no command ${command}.\n\n${HELP}`)
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values']

async function runInit(values: Values, data: string, databaseUrl: string | undefined): Promise<void> {
  if (values.nation === undefined || values.address === undefined) {
    throw new Stop('Say --nation (two letters) and --address (https://HOST:PORT that partners can reach).')
  }
  const { init } = await import('./init.ts')
  await init({
    data,
    nation: values.nation,
    address: values.address,
    consolePort: Number(values['console-port']),
    doorPort: Number(values['door-port']),
    metricsPort: Number(values['metrics-port']),
    databaseUrl,
  })
}

async function runSignedIn(
  command: 'link' | 'explain',
  words: readonly string[],
  values: Values,
): Promise<void> {
  const { signIn } = await import('./session.ts')
  const client = await signIn({ node: values.node, as: values.as, passwordFile: values['password-file'] })
  if (command === 'link') {
    const { link } = await import('./link.ts')
    return link(client, words)
  }
  const [decision] = words
  if (decision === undefined) throw new Stop('Say which decision: entente explain DECISION.')
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
