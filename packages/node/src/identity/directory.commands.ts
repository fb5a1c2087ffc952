/** Says to partners which keys of our people bind the nation, in the act that changes that (ID-51). */
import { lastingPartners } from '#node/federation/federation.store.ts'
import { say } from '#node/federation/say.commands.ts'
import type { Act } from '#node/kernel/command.ts'
import { directoryEntry } from './directory.ts'
import { findPerson } from './person.store.ts'
import { listActiveKeys } from './personKey.store.ts'
import { isActive } from './person.ts'
import type { Person } from './person.ts'

interface PublicKey {
  readonly keyId: string
  readonly publicKey: string
}

/** Says to every lasting partner that a person's key has the authorities of their roles. */
export async function sayEntered(act: Act, person: Person, key: PublicKey): Promise<void> {
  const body = directoryEntry(person, key)
  if (body === null) return
  for (const partner of await lastingPartners(act.tx)) {
    await say(act, partner, { kind: 'directory.entered', body })
  }
}

/** Says to every lasting partner that a key no longer binds the nation. */
export async function sayWithdrawn(act: Act, person: string, keyId: string): Promise<void> {
  for (const partner of await lastingPartners(act.tx)) {
    await say(act, partner, { kind: 'directory.withdrawn', body: { person, keyId } })
  }
}

/** Says the whole directory to one partner, in the act that opens the link. */
export async function sayDirectory(act: Act, partner: string): Promise<void> {
  for (const key of await listActiveKeys(act.tx)) {
    const person = await findPerson(act.tx, key.person)
    if (person === null || !isActive(person, act.world.now())) continue
    const body = directoryEntry(person, key)
    if (body !== null) await say(act, partner, { kind: 'directory.entered', body })
  }
}
