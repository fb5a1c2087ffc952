/**
 * Leader election among the processes of a node (LINK-18): the leader is the courier. Processes that share a
 * database elect it by a lease. A process that does not share its database needs none.
 */
import type { Act, Acts } from '#node/kernel/command.ts'
import { holdsLease, takeLease } from '#node/kernel/lease.store.ts'
import type { World } from '#node/world.ts'

/** The name of the lease; its holder is the courier. */
const COURIER_LEASE = 'courier'

const LEASE_MS = 5000
/** How often the holder extends the lease and the others try to take it. */
const LEASE_EXTEND_MS = 1500

/**
 * The unique name of a process among those that share its database, new at every start. Null for a process
 * that does not share its database and is always the leader.
 */
export type Holder = string | null

/** A test, for use inside an act, whether the process is the leader. */
export function leaderTest(holder: Holder, world: World): (act: Act) => Promise<boolean> {
  if (holder === null) return async () => true
  return (act) => holdsLease(act.tx, COURIER_LEASE, holder, world.now())
}

/** Takes, extends and releases the lease for one process. */
export interface Leadership {
  /** Takes or extends the lease if it is time to; true if this process is the leader. */
  lead(): Promise<boolean>
  /** Interval at which `lead` must be called; infinite without a lease. */
  readonly renewMs: number
  /** Releases the lease. */
  resign(): Promise<void>
}

/** Builds the leadership of process `holder`. */
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
      // A lease that has expired can be taken by any process.
      await acts.run((act) => takeLease(act.tx, COURIER_LEASE, holder, world.now(), -1))
    },
  }
}
