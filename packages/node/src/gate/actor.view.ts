/** Looks up a person as the gate sees them: roles, clearance, and whether a grant covers the matter. */
import { coveringGrant } from '#node/identity/needToKnow.ts'
import { rightsAt } from '#node/identity/rights.view.ts'
import type { View } from '#node/kernel/view.ts'
import { rankOf } from '#node/law/nations.ts'
import type { Services } from '#node/services.ts'
import { NODE_ACTOR } from './facts.ts'
import type { Actor } from './facts.ts'

/** What the person acts on. */
export interface Target {
  /** Absent while the matter does not exist yet. */
  readonly matter?: string
  readonly category: string
  /** The person is its author. */
  readonly author: boolean
}

type ActorServices = Pick<Services, 'identity' | 'nations'>

/** Returns one person as the gate sees them, for any target. */
export type ReadActor = (target: Target) => Promise<Actor>

/** Looks up a person. One who is unknown or not active has no roles and no rights. */
export function actorOf(
  view: View,
  services: ActorServices,
  personId: string,
  target: Target,
): Promise<Actor> {
  return actorReader(view, services, personId)(target)
}

/** Builds a reader that looks up a person's rights once, for all targets of one act or view. */
export function actorReader(view: View, services: ActorServices, personId: string): ReadActor {
  const now = view.world.now()
  let looking: ReturnType<typeof rightsAt> | null = null
  return async ({ author, ...about }) => {
    looking ??= rightsAt(view.tx, services.identity, personId, now)
    const rights = await looking
    if (rights === null || !rights.active) return { ...NODE_ACTOR, author }
    const { clearance, needToKnow, roles } = rights
    return {
      roles: [...roles],
      clearance:
        clearance === null
          ? null
          : {
              marking: clearance.marking,
              rank: rankOf(services.nations, view.nation, clearance.marking) ?? 0,
              valid: clearance.valid,
            },
      needToKnow: coveringGrant(needToKnow, about, now) !== null,
      author,
    }
  }
}
