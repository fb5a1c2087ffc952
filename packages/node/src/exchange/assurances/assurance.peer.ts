/** Handles a partner's assurances (EXC-50 to EXC-52). Signatures are verified before any effect. */
import { isRefusal } from '#api/refusals.ts'
import { sha384 } from '#wire/digest.ts'
import { AssuranceText } from '#wire/exchange/assurance.ts'
import { Malformed, parseJson } from '#wire/json.ts'
import { oneByOne } from '#node/federation/apply.commands.ts'
import type { Handler, Handlers } from '#node/federation/apply.commands.ts'
import { verifySignedAct } from '#node/identity/directory.view.ts'
import type { Services } from '#node/services.ts'
import { releaseWaiting } from '../items/release.commands.ts'
import { insertAssurance, readAssurance, withdrawAssuranceRow } from './assurance.store.ts'

/** The receiver gives an assurance, signed by its security officer (Art. 7.5). */
function onAssuranceGiven(services: Services): Handler<'assurance.given'> {
  return oneByOne(async (act, { acts, body }, { from, index }) => {
    const [signed] = acts ?? []
    if (signed === undefined) throw new Malformed('unknown_signer', 'statement.acts')
    const { text } = body
    const over = sha384(Buffer.from(text))
    const expected = { act: 'assurance.give', over } as const
    const verified = await verifySignedAct(act, from, signed, expected)
    if (isRefusal(verified)) throw new Malformed(verified.reasons[0].code, 'statement.acts.0')
    const parsed = AssuranceText.safeParse(parseJson(text, 'assurance'))
    if (!parsed.success) throw new Malformed('assurance_invalid', 'statement.body.text', parsed.error)
    const { by, to, assurance: id } = parsed.data
    if (by !== from || to !== act.nation || id !== body.assurance) {
      throw new Malformed('assurance_invalid', 'statement.body.text')
    }
    const signedAct = JSON.stringify(signed)
    const assurance = { id, text, body: parsed.data, signedAct, withdrawnAt: null }
    if (!(await insertAssurance(act, assurance, index)))
      throw new Malformed('assurance_taken', 'statement.body.assurance')
    act.hint({ routes: 'exchange', id: null })
    await releaseWaiting(act, services, from)
  })
}

/** The receiver withdraws an assurance; nothing more is provided under it. */
const onAssuranceWithdrawn: Handler<'assurance.withdrawn'> = oneByOne(async (act, { body }, { from }) => {
  const assurance = await readAssurance(act.tx, body.assurance)
  if (assurance === null || assurance.body.by !== from) {
    throw new Malformed('unknown_matter', 'statement.body.assurance')
  }
  await withdrawAssuranceRow(act, assurance.id, act.world.now())
  act.hint({ routes: 'exchange', id: null })
})

/** What a partner's statements about assurances do, by kind. */
export function assuranceHandlers(services: Services) {
  return {
    'assurance.given': onAssuranceGiven(services),
    'assurance.withdrawn': onAssuranceWithdrawn,
  } satisfies Partial<Handlers>
}
