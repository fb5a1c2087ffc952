/** Loads instruments and declares this node's profiles to the partners. Rules AGR-21 to AGR-23. */
import { openPartners } from '#node/federation/federation.store.ts'
import { recordNational } from '#node/federation/national.ts'
import { say } from '#node/federation/say.commands.ts'
import { EVERYTHING } from '#node/kernel/command.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Instrument } from './instrument.ts'
import { putInstrument, putOurDeclaration, readOurDeclarations, renewVersion } from './law.store.ts'
import type { ReadLaw } from './law.store.ts'

/**
 * Stores new and changed instruments and declares their profiles to the partners whose link is open. Returns the ids
 * that changed; loading the same instruments again changes nothing.
 */
export async function loadInstruments(
  act: Act,
  readLaw: ReadLaw,
  instruments: readonly Instrument[],
): Promise<readonly string[]> {
  const changed: string[] = []
  for (const instrument of instruments) {
    if (await putInstrument(act, instrument, act.world.now())) changed.push(instrument.id)
  }
  if (changed.length > 0) {
    await renewVersion(act)
    act.hint(EVERYTHING)
  }
  for (const id of changed) recordNational(act, { what: 'instrument.loaded', instrument: id })
  for (const partner of await openPartners(act.tx)) await declareProfiles(act, readLaw, partner)
  return changed
}

/** Declares to a partner the profiles of the instruments between the two that differ from the last declaration. */
export async function declareProfiles(act: Act, readLaw: ReadLaw, partner: string): Promise<void> {
  const [{ instruments }, declared] = await Promise.all([
    readLaw(act.tx),
    readOurDeclarations(act.tx, partner),
  ])
  for (const { id, profile } of instruments) {
    const isBetweenUs = profile.parties.includes(partner) && profile.parties.includes(act.nation)
    if (!isBetweenUs || declared.get(id) === profile.hash) continue
    const declaration = { instrument: id, profile: profile.hash }
    await say(act, partner, { kind: 'agreement.declared', body: declaration })
    await putOurDeclaration(act, { nation: partner, ...declaration, at: act.world.now() })
  }
}
