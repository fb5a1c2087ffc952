/** Loading the instruments that ship with the node into its database, at every start. Rule AGR-21. */
import type { Act } from '#node/kernel/command.ts'
import { putInstrument } from './law.store.ts'
import type { Instrument } from './instrument.ts'

/** Stores what is new or changed and announces it; returns the ids that changed. Loading again changes nothing. */
export async function loadInstruments(
  act: Act,
  instruments: readonly Instrument[],
): Promise<readonly string[]> {
  const changed: string[] = []
  for (const instrument of instruments) {
    if (await putInstrument(act.tx, instrument, act.world.now())) changed.push(instrument.id)
  }
  for (const id of changed) act.hint({ slice: 'agreements', id })
  return changed
}
