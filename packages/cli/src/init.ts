/**
 * `entente init`: creates a data folder with keys and certificate, a database, and the first administrator's
 * code.
 */
import { isRefusal } from '#api/refusals.ts'
import { createDataFolder, defaultFolder, folderTaken, isNode, NodeSettings } from '#node/dataFolder.ts'
import { enterFirstAdministrator } from '#node/identity/identity.commands.ts'
import { createActs } from '#node/kernel/command.ts'
import { openDatabase } from '#node/kernel/database.ts'
import { migrate } from '#node/kernel/migrate.ts'
import { MIGRATIONS } from '#node/migrations.ts'
import { systemWorld } from '#node/world.system.ts'
import { COMMAND, Stop, say, sentence } from './say.ts'

export interface InitOptions {
  /** The data folder, if not the default. */
  readonly data: string | undefined
  readonly nation: string
  readonly address: string
  readonly consolePort: number
  readonly doorPort: number
  readonly metricsPort: number
  readonly databaseUrl: string | undefined
}

export async function init(options: InitOptions): Promise<void> {
  const { nation } = options
  const data = options.data ?? defaultFolder('node')
  const settings = NodeSettings.safeParse({
    nation,
    address: options.address,
    consolePort: options.consolePort,
    doorPort: options.doorPort,
    metricsPort: options.metricsPort,
  })
  if (!settings.success) throw new Stop(notValid(settings.error.issues[0]?.path.join('.') ?? ''))
  const world = systemWorld
  if (isNode(data)) throw folderTaken(data)
  const target =
    options.databaseUrl === undefined
      ? { folder: data }
      : { url: options.databaseUrl, schema: `entente_${nation.toLowerCase()}` }
  const database = await openDatabase(target)
  try {
    await migrate(database, world, MIGRATIONS)
    // Only now: an init that cannot reach the database must leave no folder that would block the next
    // attempt.
    createDataFolder(data, settings.data, world)
    const acts = createActs({ database, world, nation, announce: () => {} })
    const first = {
      id: 'administrator',
      office: 'Administration',
      organisation: `${nation.toLowerCase()}-node`,
    }
    const given = await acts.run((act) => enterFirstAdministrator(act, first))
    if (isRefusal(given)) throw new Stop(sentence(given))
    say(`The node of ${nation} is in ${data}.`)
    say(`Start it with:  ${COMMAND} node --data ${data}`)
    say(`First sign-in:  http://localhost:${options.consolePort}, as ${given.person}`)
    say(`One-time code:  ${given.code}   (until ${new Date(given.codeEndsAt).toISOString()}; shown only now)`)
  } finally {
    await database.close()
  }
}

/** The valid form of each setting. */
const FORMS: Readonly<Record<string, string>> = {
  nation: '--nation takes the two capital letters of a country code, for example JP.',
  address: '--address takes an address that partners can reach, without a path: https://door.example:8101.',
  consolePort: '--console-port takes a number between 1 and 65535.',
  doorPort: '--door-port takes a number between 1 and 65535.',
  metricsPort: '--metrics-port takes a number between 1 and 65535.',
}

function notValid(setting: string): string {
  return FORMS[setting] ?? `${setting} is not valid.`
}
