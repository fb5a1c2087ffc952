/** Handles a partner's declaration of a profile. Rule AGR-23. */
import { oneByOne } from '#node/federation/apply.commands.ts'
import type { Handler } from '#node/federation/apply.commands.ts'
import { EVERYTHING } from '#node/kernel/command.ts'
import { putPartnerProfile } from './law.store.ts'

export const onDeclared: Handler<'agreement.declared'> = oneByOne(async (act, { body }, { from }) => {
  await putPartnerProfile(act, { nation: from, ...body, at: act.world.now() })
  act.hint(EVERYTHING)
})
