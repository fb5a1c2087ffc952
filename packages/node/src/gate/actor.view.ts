/** A person as the gate sees them now: roles, clearance, and whether a grant covers the matter. */
import { coveringGrant } from '#node/identity/needToKnow.ts'
import { standingOf } from '#node/identity/rights.commands.ts'
import type { View } from '#node/kernel/view.ts'
import { rankOf } from '#node/law/nations.ts'
import type { Services } from '#node/services.ts'
import { NODE_ACTOR } from './facts.ts'
import type { Actor } from './facts.ts'

/** What a person acts on; `matter` is absent where it does not exist yet. */
export interface ActedOn {
  readonly matter?: string
  readonly category: string
  readonly author: boolean
}

/** Looks a person up. One who is unknown or not active has no roles and no rights. */
export async function actorOf(
  view: View,
  services: Pick<Services, 'identity' | 'nations'>,
  personId: string,
  { author, ...about }: ActedOn,
): Promise<Actor> {
  const now = view.world.now()
  const standing = await standingOf(view.tx, services.identity, personId, now)
  if (standing === null || !standing.active) return { ...NODE_ACTOR, author }
  const { clearance, needToKnow, person } = standing
  return {
    roles: [...person.roles],
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
