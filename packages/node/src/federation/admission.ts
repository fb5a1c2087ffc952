/** How much of the door each partner may have at once: connections, requests, requests a second (LINK-55). Pure. */
import type { World } from '#node/world.ts'

export interface AdmissionLimits {
  readonly ratePerS: number
  /** Requests that may come at once after a pause. */
  readonly burst: number
  /** Requests under way. */
  readonly requestsMax: number
  readonly connectionsMax: number
}

export interface Admission {
  /** Whether one more connection is taken. */
  connect(nation: string): boolean
  disconnect(nation: string): void
  /** Whether one more request is taken; if so, `leave` follows it. */
  enter(nation: string): boolean
  leave(nation: string): void
}

interface Share {
  connections: number
  requests: number
  tokens: number
  at: number
}

/** Builds the counters; each partner has its own. */
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
