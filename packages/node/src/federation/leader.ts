/**
 * Who is the courier among the processes of a node (LINK-18). Processes that share a database take turns by a lease; a
 * process that has its database alone needs none.
 */
import type { Act, Acts } from '#node/kernel/command.ts'
import { holdsLease, takeLease } from '#node/kernel/lease.store.ts'
import type { World } from '#node/world.ts'

/** The name of the lease; whoever holds it is the courier. */
const COURIER_LEASE = 'courier'

const LEASE_MS = 5000
/** How often the lease is extended by its holder, and tried by the others. */
const LEASE_EXTEND_MS = 1500

/**
 * The name of a process among those that share the database, different at each start; null for a process that has the
 * database alone.
 */
export type Holder = string | null

/** Whether a process leads, asked inside an act. */
export function leaderTest(holder: Holder, world: World): (act: Act) => Promise<boolean> {
  if (holder === null) return async () => true
  return (act) => holdsLease(act.tx, COURIER_LEASE, holder, world.now())
}

/** The part of one process in the lease. */
export interface Leadership {
  /** Takes or extends the lease where it is time to; returns whether this process leads. */
  lead(): Promise<boolean>
  /** After this `lead` has to be called again; infinite where there is no lease. */
  readonly renewMs: number
  /** Gives the lease to whoever wants it. */
  resign(): Promise<void>
}

/** Builds the part of the process `holder`. */
export function createLeadership(acts: Acts, world: World, holder: Holder): Leadership {
  if (holder === null) {
    return { lead: async () => true, renewMs: Number.POSITIVE_INFINITY, resign: async () => {} }
  }
  let until = 0
  return {
    async lead() {
      const now = world.now()
      if (now < until - LEASE_MS + LEASE_EXTEND_MS) return true
      const led = await acts.run((act) => takeLease(act.tx, COURIER_LEASE, holder, now, LEASE_MS))
      until = led ? now + LEASE_MS : 0
      return led
    },
    renewMs: LEASE_EXTEND_MS,
    async resign() {
      // A lease that ended before now is anybody's.
      await acts.run((act) => takeLease(act.tx, COURIER_LEASE, holder, world.now(), -1))
    },
  }
}
