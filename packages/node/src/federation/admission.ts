/**
 * Limits for each partner at the door: connections, requests in progress, requests per second (LINK-55). Counts in
 * memory.
 */
import type { World } from '#node/world.ts'

export interface AdmissionLimits {
  readonly ratePerS: number
  /** Size of the token bucket: requests that may come at once after a pause. */
  readonly burst: number
  /** Requests in progress. */
  readonly requestsMax: number
  readonly connectionsMax: number
}

export interface Admission {
  /** True if the connection is admitted; `disconnect` must follow. */
  connect(nation: string): boolean
  disconnect(nation: string): void
  /** True if the request is admitted; `leave` must follow. */
  enter(nation: string): boolean
  leave(nation: string): void
}

interface Share {
  connections: number
  requests: number
  tokens: number
  at: number
}

/** Builds the admission control, with separate counters for each partner. */
export function createAdmission(limits: AdmissionLimits, world: Pick<World, 'now'>): Admission {
  const shares = new Map<string, Share>()
  const shareOf = (nation: string): Share => {
    const share = shares.get(nation) ?? { connections: 0, requests: 0, tokens: limits.burst, at: world.now() }
    shares.set(nation, share)
    return share
  }
  return {
    connect(nation) {
      const share = shareOf(nation)
      if (share.connections >= limits.connectionsMax) return false
      share.connections += 1
      return true
    },
    disconnect(nation) {
      shareOf(nation).connections -= 1
    },
    enter(nation) {
      const share = shareOf(nation)
      const now = world.now()
      const earned = (Math.max(0, now - share.at) * limits.ratePerS) / 1000
      share.tokens = Math.min(limits.burst, share.tokens + earned)
      share.at = now
      if (share.tokens < 1 || share.requests >= limits.requestsMax) return false
      share.tokens -= 1
      share.requests += 1
      return true
    },
    leave(nation) {
      shareOf(nation).requests -= 1
    },
  }
}
