/** Plays scripts on a new network in a temporary folder, and finds their golden transcripts. */
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemWorld } from '#node/world.system.ts'
import { openNetwork } from './network.ts'
import { freePorts } from './ports.ts'
import { parseScript } from './script.ts'
import type { Entry } from './script.ts'
import { setStage } from './stage.ts'
import type { Stage } from './stage.ts'
import { makeTemporaryFolder } from './temporaryFolder.ts'
import { tinyPdf } from './tinyPdf.ts'
import { createRelays } from './relays.ts'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** Names of the scripts, in order. */
export function scriptNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => /^\d\d-.*\.txt$/.test(name) && !name.endsWith('.transcript.txt'))
    .map((name) => name.slice(0, -'.txt'.length))
    .sort()
}

export function readScript(name: string): readonly Entry[] {
  return parseScript(readFileSync(join(FOLDER, `${name}.txt`), 'utf8'))
}

/** The path of a script's golden transcript. */
export function transcriptPath(name: string): string {
  return join(FOLDER, `${name}.transcript.txt`)
}

/** Three nodes whose links can be cut. */
export interface Rehearsal {
  /** Creates a stage with new sessions. */
  stage(): Stage
  end(): Promise<void>
}

/** Opens a new network in a temporary folder, with embedded databases unless `databaseUrl` names a server. */
export async function openRehearsal(
  options: { databaseUrl?: string; progress?(sentence: string): void } = {},
): Promise<Rehearsal> {
  const folder = makeTemporaryFolder('scenario')
  const relays = createRelays()
  const network = await openNetwork({
    folder,
    world: systemWorld,
    basePort: await freePorts(),
    logLevel: 'error',
    version: 'rehearsal',
    progress: options.progress ?? (() => undefined),
    doorAddress: relays.open,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
  })
  const files = new Map([['sketch.pdf', tinyPdf('EXERCISE')]])
  const stages: Stage[] = []
  return {
    stage() {
      const stage = setStage(network, { files, relays })
      stages.push(stage)
      return stage
    },
    async end() {
      for (const stage of stages) stage.close()
      await network.stop()
      await relays.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
