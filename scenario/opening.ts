/** The opening of the demonstration: the first script up to the handover. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Network } from './network.ts'
import { play } from './play.ts'
import { readScript } from './rehearsal.ts'
import { openingOf } from './script.ts'
import { setStage } from './stage.ts'

/** The file that marks a folder whose opening was played completely. */
const PLAYED = 'opening-played'

/** True if the network in a folder was set up and its opening played completely. */
export function isOpened(folder: string): boolean {
  return existsSync(join(folder, PLAYED))
}

/** Plays the opening on a new network. False if an earlier run was interrupted. */
export async function playOpening(
  folder: string,
  network: Network,
  progress: (sentence: string) => void,
): Promise<boolean> {
  if (isOpened(folder)) return true
  if (!network.isNew) return false
  const stage = setStage(network)
  try {
    const transcript = await play(openingOf(readScript('01-a-report-crosses')), stage, {
      progress: ({ source }) => progress(source.length > 90 ? `${source.slice(0, 90)}…` : source),
    })
    writeFileSync(join(folder, PLAYED), transcript)
    return true
  } finally {
    stage.close()
  }
}
