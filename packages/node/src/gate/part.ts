/** The gate as a part of the node: recorded decisions and their replay. */
import { decisions } from '#api/decisions.ts'
import { refuse } from '#api/refusals.ts'
import { MAY, permit } from '#node/kernel/permission.ts'
import { createBinder } from '#node/kernel/bind.ts'
import type { Part } from '#node/pillar.ts'
import type { Services } from '#node/services.ts'
import { iso } from '#node/world.ts'
import { explainDecision } from './decision.store.ts'

/** Builds the part. */
export function createDecisions(services: Services): Part {
  const { look } = createBinder(services)
  return {
    routes: [
      look(decisions.explain, async ({ tx }, { decision }, by) => {
        const can = permit(by.roles, MAY['decision.explain'])
        if (can !== true) return can
        const found = await explainDecision(tx, services.kinds, decision)
        if (found === null) return refuse('not_found')
        const { id, action, actor, at, permitted, reasons, because, profile, policy, inputs } = found.decision
        return {
          id,
          action,
          actor,
          at: iso(at),
          permitted,
          reasons: reasons.map((reason) => ({ code: reason.code, because: [...reason.because] })),
          because: [...because],
          profile,
          policy,
          inputs: JSON.parse(inputs) as unknown,
          replay: { same: found.replay.same },
        }
      }),
    ],
    handlers: {},
  }
}
