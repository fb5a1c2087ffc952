/** `entente backup` and `entente restore`: copy a running node, and create a node from the copy. */
import { backUp } from '#node/backup/backup.server.ts'
import { restore } from '#node/backup/restore.server.ts'
import { defaultFolder } from '#node/dataFolder.ts'
import { systemWorld } from '#node/world.system.ts'
import { COMMAND, say } from './say.ts'

/** @param chosen the data folder; absent: the usual one */
export async function backup(chosen: string | undefined, to: string, version: string): Promise<void> {
  const dataFolder = chosen ?? defaultFolder('node')
  const { nation, until, blobs, files } = await backUp({ dataFolder, to, version, world: systemWorld })
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, blobs.sizeBytes)
  say(`The backup of ${nation} is in ${to}: ${(sizeBytes / 2 ** 20).toFixed(0)} MB.`)
  say(
    `It holds everything that was confirmed before ${until}, and the node's keys: keep it as you keep those.`,
  )
}

/** @param chosen the data folder; absent: the usual one */
export async function restoreBackup(from: string, chosen: string | undefined): Promise<void> {
  const dataFolder = chosen ?? defaultFolder('node')
  const { nation, until } = await restore(from, dataFolder)
  say(`The node of ${nation} is in ${dataFolder} as it was at ${until}.`)
  say(
    `Stop the node that it replaces, for good, before you start this one: ${COMMAND} node --data ${dataFolder}`,
  )
}
