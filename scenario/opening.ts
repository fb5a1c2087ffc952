/** The demonstration's opening: the first part of the first script, so that a visitor finds a report waiting for them. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Network } from './network.ts'
import { play } from './play.ts'
import { readScript } from './rehearsal.ts'
import { openingOf } from './script.ts'
import { setStage } from './stage.ts'

/** Says that the opening was played to its end in this folder. */
const PLAYED = 'opening-played'

/** Whether the network of a folder has been made, and its opening played to its end. */
export function isOpened(folder: string): boolean {
  return existsSync(join(folder, PLAYED))
}

/** Plays the opening on a new network; returns whether the network of this folder has been opened to its end. */
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
