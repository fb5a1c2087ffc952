/** A simulated nation: a disk that stays, and a process over it that can die and is started again. */
import type { NodeKeys } from '#node/federation/keys.ts'
import { NATIONAL_LOG } from '#node/federation/log.ts'
import { sequencePending } from '#node/federation/sequence.ts'
import { Unreachable } from '#node/federation/transport.ts'
import type { Transport } from '#node/federation/transport.ts'
import { createNationalWitness } from '#node/federation/witness.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import type { IdentitySettings } from '#node/identity/settings.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { createNode } from '#node/node.ts'
import type { Node } from '#node/node.ts'
import { PILLARS } from '#node/pillars.ts'
import { GATE, INSTRUMENTS, NATIONS } from '#node/testFacts.ts'
import { DOOR } from '#node/testNetwork.ts'
import type { World } from '#node/world.ts'
import { Crashed, mortalDatabase } from './crash.ts'
import type { Death, Mortal } from './crash.ts'
import type { Disk } from './disk.ts'
import { openMemoryBlobs } from './memoryBlobs.ts'

/** What of a nation stays from seed to seed. */
export interface Country {
  readonly name: string
  readonly disk: Disk
  readonly keys: NodeKeys
  readonly identity: IdentitySettings
  readonly people: Readonly<Record<string, SignedIn>>
}

/** A nation in one run. */
export interface Nation extends Country {
  readonly world: World
  /** The process that runs now. */
  process(): Process
  /** Starts a process over the disk, as often as it takes. */
  boot(): Promise<void>
}

/** A running process of a nation. */
export interface Process {
  readonly node: Node
  readonly mortal: Mortal
  /** Whether the partner has answered this process. */
  hasMet(partner: string): boolean
  /** Gives what the node has done its place in the national log. */
  sequenceNational(): Promise<void>
  /** Has the national log witnessed by a partner. */
  askWitness(partner: string): Promise<void>
}

export interface NationOptions {
  readonly world: World
  readonly transport: Transport
  /** Asked for each act: whether the process dies of it. */
  fate(): Death | null
}

/** Builds a nation, not yet booted. */
export function createNation(country: Country, options: NationOptions): Nation {
  let running: Process | null = null
  return {
    ...country,
    world: options.world,
    process() {
      if (running === null) throw new Error(`${country.name} has not been booted`)
      return running
    },
    async boot() {
      for (running = null; running === null;) {
        try {
          running = await startProcess(country, options)
        } catch (error) {
          if (!(error instanceof Crashed)) throw error
        }
      }
    },
  }
}

async function startProcess(country: Country, options: NationOptions): Promise<Process> {
  const { name, disk, keys, identity } = country
  const { world } = options
  const met = new Set<string>()
  const transport: Transport = {
    ...options.transport,
    async extend(partner, bundle) {
      const reply = await options.transport.extend(partner, bundle)
      met.add(partner.nation)
      return reply
    },
  }
  const mortal = mortalDatabase(disk.database, options.fate)
  const node = await createNode({
    nation: name,
    database: mortal.database,
    world,
    keys,
    blobs: openMemoryBlobs(disk.files),
    pillars: PILLARS,
    instruments: INSTRUMENTS,
    nations: NATIONS,
    gate: GATE,
    identity,
    transport,
    door: DOOR,
    threads: false,
    leads: async () => true,
    announce: () => {},
    wake: () => {},
  })
  const witness = createNationalWitness(node.ownActs, keys, transport)
  return {
    node,
    mortal,
    hasMet: (partner) => met.has(partner),
    async sequenceNational() {
      await node.ownActs.run((act) => sequencePending(act, NATIONAL_LOG))
    },
    async askWitness(nation) {
      const partner = await node.ownActs.run((act) => readPartner(act.tx, nation))
      if (partner === null || partner.state !== 'open') return
      try {
        await witness.ask(partner)
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
      }
    },
  }
}
