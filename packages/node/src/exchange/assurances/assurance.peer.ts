/** What a partner says of its assurances (EXC-50 to EXC-52). Nothing is done before it is verified. */
import { isRefusal } from '#api/refusals.ts'
import { sha384 } from '#wire/digest.ts'
import { AssuranceText } from '#wire/exchange/assurance.ts'
import { Malformed, parseJson } from '#wire/json.ts'
import { oneByOne } from '#node/federation/apply.ts'
import type { Handler, Handlers } from '#node/federation/apply.ts'
import { verifyPersonAct } from '#node/identity/identity.peer.ts'
import type { Services } from '#node/services.ts'
import { releaseWaiting } from '../items/release.commands.ts'
import { insertAssurance, readAssurance, withdrawAssuranceRow } from './assurance.store.ts'

/** The receiver's assurance before provision, signed by its security officer (Art. 7.5). */
function onAssured(services: Services): Handler<'assurance.given'> {
  return oneByOne(async (act, { acts, body }, { from, index }) => {
    const [signed] = acts ?? []
    if (signed === undefined) throw new Malformed('unknown_signer', 'statement.acts')
    const { text } = body
    const over = sha384(Buffer.from(text))
    const expected = { act: 'assurance.give', over } as const
    const verified = await verifyPersonAct(act, from, signed, expected)
    if (isRefusal(verified)) throw new Malformed(verified.reasons[0].code, 'statement.acts.0')
    const parsed = AssuranceText.safeParse(parseJson(text, 'assurance'))
    if (!parsed.success) throw new Malformed('assurance_invalid', 'statement.body.text', parsed.error)
    const said = parsed.data
    if (said.by !== from || said.to !== act.nation || said.assurance !== body.assurance) {
      throw new Malformed('assurance_invalid', 'statement.body.text')
    }
    const id = said.assurance
    const assurance = { id, text, said, act: JSON.stringify(signed), withdrawnAt: null }
    if (!(await insertAssurance(act, assurance, index)))
      throw new Malformed('assurance_taken', 'statement.body.assurance')
    act.hint({ slice: 'assurances', id })
    await releaseWaiting(act, services, from)
  })
}

/** The receiver withdraws an assurance; nothing further is provided under it. */
const onAssuranceWithdrawn: Handler<'assurance.withdrawn'> = oneByOne(async (act, { body }, { from }) => {
  const assurance = await readAssurance(act.tx, body.assurance)
  if (assurance === null || assurance.said.by !== from) {
    throw new Malformed('unknown_matter', 'statement.body.assurance')
  }
  await withdrawAssuranceRow(act, assurance.id, act.world.now())
  act.hint({ slice: 'assurances', id: assurance.id })
})

/** What a partner's statements about assurances do, by kind. */
export function assuranceHandlers(services: Services) {
  return {
    'assurance.given': onAssured(services),
    'assurance.withdrawn': onAssuranceWithdrawn,
  } satisfies Partial<Handlers>
}
