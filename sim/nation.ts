/** A simulated nation: a persistent disk and a process that can crash and restart. */
import type { NodeKeys } from '#node/federation/keys.ts'
import { NATIONAL_LOG } from '#node/federation/log.ts'
import { sequencePending } from '#node/federation/sequence.commands.ts'
import { Unreachable } from '#node/federation/transport.ts'
import type { Transport } from '#node/federation/transport.ts'
import { createNationalWitness } from '#node/federation/witness.commands.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import type { IdentitySettings } from '#node/identity/settings.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { createNode } from '#node/node.ts'
import type { Node } from '#node/node.ts'
import { PILLARS } from '#node/pillars.ts'
import { GATE, INSTRUMENTS, NATIONS } from '#node/testFacts.ts'
import { DOOR } from '#node/testNetwork.ts'
import type { World } from '#node/world.ts'
import { Crashed, crashableDatabase } from './crash.ts'
import type { CrashPoint, Crashable } from './crash.ts'
import type { Disk } from './disk.ts'
import { openMemoryBlobs } from './memoryBlobs.ts'

/** What a nation keeps between seeds. */
export interface PreparedNation {
  readonly name: string
  /** The other nations. */
  readonly partners: readonly string[]
  readonly disk: Disk
  readonly keys: NodeKeys
  readonly identity: IdentitySettings
  readonly people: Readonly<Record<string, SignedIn>>
}

/** A nation in one run. */
export interface Nation extends PreparedNation {
  readonly world: World
  /** The running process. */
  process(): Process
  /** Starts a process on the disk; if it crashes at boot, tries again until it runs. */
  boot(): Promise<void>
}

/** A running process of a nation. */
export interface Process {
  readonly node: Node
  readonly crashable: Crashable
  /** True if the partner has answered this process. */
  hasMet(partner: string): boolean
  /** Sequences the pending entries of the national log. */
  sequenceNational(): Promise<void>
  /** Has the national log witnessed by a partner. */
  askWitness(partner: string): Promise<void>
}

export interface NationOptions {
  readonly world: World
  readonly transport: Transport
  /** Called once per act: where the process crashes, or null. */
  drawCrash(): CrashPoint | null
}

/** Creates a nation, not yet booted. */
export function createNation(prepared: PreparedNation, options: NationOptions): Nation {
  let running: Process | null = null
  return {
    ...prepared,
    world: options.world,
    process() {
      if (running === null) throw new Error(`${prepared.name} has not been booted`)
      return running
    },
    async boot() {
      for (running = null; running === null;) {
        try {
          running = await startProcess(prepared, options)
        } catch (error) {
          if (!(error instanceof Crashed)) throw error
        }
      }
    },
  }
}

async function startProcess(prepared: PreparedNation, options: NationOptions): Promise<Process> {
  const { name, disk, keys, identity } = prepared
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
  const crashable = crashableDatabase(disk.database, options.drawCrash)
  const node = await createNode({
    nation: name,
    database: crashable.database,
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
    crashable,
    hasMet: (partner) => met.has(partner),
    async sequenceNational() {
      await node.ownActs.run((act) => sequencePending(act, NATIONAL_LOG, null))
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
