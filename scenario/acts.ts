/** Each verb of the scenario language as calls of the node's own API, and the answer in the words of a transcript. */
import { assurances } from '#api/exchange/assurances.ts'
import { drafts } from '#api/exchange/drafts.ts'
import { items } from '#api/exchange/items.ts'
import { register } from '#api/exchange/register.ts'
import { links } from '#api/links.ts'
import { logistics } from '#api/logistics.ts'
import type { DraftView } from '#api/exchange/shapes.ts'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { freshKey } from './client.ts'
import { exportEvidence, tamperEvidence, verifyEvidenceOf } from './evidence.ts'
import type { Routing, ScriptAct, Step } from './script.ts'
import type { NamedItem, Stage } from './stage.ts'
import { because, custodyLines, draftLines, reasonLine, refusalLines, stampLine } from './words.ts'

type ActOf<Verb extends ScriptAct['verb']> = Extract<ScriptAct, { verb: Verb }>
/** Whether an answer holds all that the script expects; what waits, waits for this. */
export type Holds = (answers: readonly string[]) => boolean

const DAY_MS = 86_400_000

/** Does what a step says, and answers. */
export async function answerTo(step: Step, stage: Stage, holds: Holds): Promise<readonly string[]> {
  const { act } = step
  switch (act.verb) {
    case 'as':
      await stage.step(act.nation, act.person)
      return []
    case 'assure':
      return assure(act, stage)
    case 'assured':
      return assured(act, stage)
    case 'write':
      return write(act, step.text ?? '', stage)
    case 'edit':
      return edit(act, step.text, stage)
    case 'upload':
      return upload(act, stage)
    case 'submit':
    case 'approve':
    case 'refuse':
      return sign(act, stage)
    case 'see':
      return see(act.name, stage, holds)
    case 'custody':
      return custody(act.name, stage)
    case 'open':
      return open(act, stage)
    case 'receipt':
      return answerItem(await stage.speaker().call(items.receipt, { item: itemOf(act.name, stage) }, keyed()))
    case 'withdraw':
      return answerItem(
        await stage.speaker().call(items.withdraw, { item: itemOf(act.name, stage) }, keyed()),
      )
    case 'order':
      return order(act, stage)
    case 'reconcile':
      return reconcile(act.partner, stage)
    case 'register':
      return registerLines(act.partner, stage)
    case 'link':
      return link(act.partner, stage)
    case 'evidence':
      return exportEvidence(act.name, itemOf(act.name, stage), stage)
    case 'verify':
      return verifyEvidenceOf(act.name, stage)
    case 'tamper':
      return tamperEvidence(act.name, stage)
    case 'cut':
    case 'mend':
      return changeWires(act, stage)
    case 'media':
      return media(act, stage)
    case 'again':
      return bring(act, stage)
  }
}

type Signing =
  | { readonly verb: 'refuse'; readonly name: string; readonly because: string }
  | { readonly verb: string; readonly name: string }

function sign(act: Signing, stage: Stage) {
  if (act.verb === 'submit') {
    return withDraft(act.name, stage, (draft) => stage.speaker().call(drafts.submit, { draft }, keyed()))
  }
  return decide(act.name, stage, (draft, digest) =>
    'because' in act
      ? stage.speaker().call(drafts.refuse, { draft, digest, reason: act.because }, keyed())
      : stage.speaker().call(drafts.approve, { draft, digest }, keyed()),
  )
}

function changeWires(act: Extract<Step['act'], { verb: 'cut' | 'mend' }>, stage: Stage): string[] {
  if (stage.wires === null) throw new Error('The links of this network cannot be cut.')
  stage.wires[act.verb](act.one, act.other)
  return [act.verb === 'cut' ? 'cut' : 'mended']
}

function keyed() {
  return { key: freshKey() }
}

/** An item by the name that the script gave it. */
function named(name: string, stage: Stage): NamedItem {
  const found = stage.items.get(name)
  if (found === undefined) throw new Error(`Nothing here is called "${name}": write it first.`)
  return found
}

function itemOf(name: string, stage: Stage): string {
  const { item } = named(name, stage)
  if (item === null) throw new Error(`"${name}" has not been released.`)
  return item
}

async function assure(act: ActOf<'assure'>, stage: Stage): Promise<string[]> {
  const { partner, organisation, markings, purposes } = act
  const until = new Date(Date.now() + 180 * DAY_MS).toISOString()
  const input = { partner, organisation, markings: [...markings], purposes: [...purposes], until }
  const given = await stage.speaker().call(assurances.give, input, keyed())
  if (isRefusal(given)) return refusalLines(given)
  stage.assurances.add(given.id)
  return [`assured under ${given.instrument}, by ${given.office}`]
}

async function assured(act: ActOf<'assured'>, stage: Stage): Promise<string[]> {
  const look = async (): Promise<string[]> => {
    const list = await stage.speaker().call(assurances.list, {})
    if (isRefusal(list)) return refusalLines(list)
    const rows = list.rows.filter(
      (row) =>
        stage.assurances.has(row.id) &&
        row.by === act.by &&
        row.organisation === act.organisation &&
        row.inForce,
    )
    return [
      ...new Set(
        rows.map(
          (row) =>
            `${row.organisation} may receive ${row.markings.join(', ')} for ${row.purposes.join(', ')}`,
        ),
      ),
    ]
  }
  return stage.until(look, (lines) => lines.length > 0)
}

function controlOf(name: string, stage: Stage): string {
  const { control } = named(name, stage)
  if (control === null) throw new Error(`${name} has no number: it has not been submitted.`)
  return control
}

function routingInput(routing: Routing, stage: Stage) {
  const { partner, organisation, marking, receiverMarking, category, purpose } = routing
  const derivedFrom = routing.from.map((name) => controlOf(name, stage))
  const chosen = receiverMarking === null ? {} : { receiverMarking }
  return { partner, organisation, marking, category, purpose, derivedFrom, ...chosen }
}

async function write(act: ActOf<'write'>, text: string, stage: Stage): Promise<readonly string[]> {
  const session = stage.speaker()
  const input = { ...routingInput(act.routing, stage), title: act.title, text }
  const draft = await session.call(drafts.create, input, keyed())
  if (isRefusal(draft)) return refusalLines(draft)
  const { id, control } = draft
  const { nation } = session
  stage.items.set(act.name, {
    nation,
    routing: act.routing,
    draft: id,
    control,
    item: null,
    proposalDigest: null,
  })
  return draftLines(draft)
}

async function edit(act: ActOf<'edit'>, text: string | null, stage: Stage): Promise<readonly string[]> {
  const known = named(act.name, stage)
  const routing = act.category === null ? known.routing : { ...known.routing, category: act.category }
  const input = {
    draft: known.draft,
    ...routingInput(routing, stage),
    title: act.title,
    ...(text === null ? {} : { text }),
  }
  return withDraft(act.name, stage, () => stage.speaker().call(drafts.edit, input, keyed()))
}

async function upload(act: ActOf<'upload'>, stage: Stage): Promise<readonly string[]> {
  const content = stage.files.get(act.file)
  if (content === undefined) throw new Error(`There is no file ${act.file} for this script.`)
  const mediaType = act.file.endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream'
  return withDraft(act.name, stage, (draft) =>
    stage.speaker().upload(drafts.uploadContent, { draft, fileName: act.file, mediaType }, content, keyed()),
  )
}

/** Does something to a named draft, and remembers what became of it. */
async function withDraft(
  name: string,
  stage: Stage,
  work: (draft: string) => Promise<DraftView | Refusal>,
): Promise<readonly string[]> {
  const known = named(name, stage)
  const draft = await work(known.draft)
  if (isRefusal(draft)) return refusalLines(draft)
  known.proposalDigest = draft.proposalDigest
  known.item = draft.item
  known.control = draft.control
  return draftLines(draft)
}

/** A release authority reads the draft first, and decides on the digest that it has read. */
async function decide(
  name: string,
  stage: Stage,
  work: (draft: string, digest: string) => Promise<DraftView | Refusal>,
): Promise<readonly string[]> {
  const read = await stage.speaker().call(drafts.get, { draft: named(name, stage).draft })
  if (isRefusal(read)) return refusalLines(read)
  if (read.proposalDigest === null) return ['refused wrong_state']
  return withDraft(name, stage, (draft) => work(draft, read.proposalDigest!))
}

/** What one side's page of an item says, as soon as it says what is expected. */
async function see(name: string, stage: Stage, holds: Holds): Promise<readonly string[]> {
  const known = named(name, stage)
  const session = stage.speaker()
  const look = async (): Promise<readonly string[]> => {
    if (known.item !== null || session.nation !== known.nation) {
      if (known.item === null) return ['nothing released yet']
      const item = await session.call(items.get, { item: known.item })
      if (isRefusal(item)) return refusalLines(item)
      return [
        item.state,
        stampLine(item.stamps),
        ...(item.registered === null ? [] : ['registered at the receiver']),
      ]
    }
    return withDraft(name, stage, (draft) => session.call(drafts.get, { draft }))
  }
  return stage.until(look, holds)
}

async function custody(name: string, stage: Stage): Promise<readonly string[]> {
  const look = async () => stage.speaker().call(items.get, { item: itemOf(name, stage) })
  const item = await stage.until(
    look,
    (seen) =>
      !isRefusal(seen) &&
      seen.custody.every(
        ({ step, proof }) =>
          ['received', 'attempted'].includes(step) ||
          (proof?.cosigned === true && proof.checks.every((each) => each.held)),
      ),
  )
  return isRefusal(item) ? refusalLines(item) : custodyLines(item)
}

async function open(act: ActOf<'open'>, stage: Stage): Promise<string[]> {
  const session = stage.speaker()
  const item = itemOf(act.name, stage)
  const opened = await session.call(items.open, { item, purpose: act.purpose }, keyed())
  if (isRefusal(opened)) return [...refusalLines(opened), ...(await whomToAsk(opened, stage))]
  const heading = [`opened for ${act.purpose}`, opened.title]
  if (opened.text !== null)
    return [...heading, ...opened.text.split('\n').map((line) => `| ${line}`.trimEnd())]
  const bytes = await session.download(items.readContent, { item, opening: opened.opening })
  if (isRefusal(bytes)) return refusalLines(bytes)
  const own = opened.fileName === null ? undefined : stage.files.get(opened.fileName)
  const same = own !== undefined && Buffer.compare(own, bytes) === 0
  const file = `${opened.fileName}, ${opened.mediaType}, shown as ${opened.show}`
  return [...heading, `${file}, ${same ? 'byte for byte what was uploaded' : 'NOT what was uploaded'}`]
}

/** Whoever lacks something is told whom to ask for it. */
async function whomToAsk(refusal: Refusal, stage: Stage): Promise<string[]> {
  const lines: string[] = []
  for (const { code } of refusal.reasons) {
    const need = code.startsWith('clearance')
      ? 'clearance'
      : code === 'need_to_know_missing'
        ? 'need-to-know'
        : null
    if (need === null) continue
    const helpers = await stage.speaker().call(identity.listHelpers, { need })
    if (isRefusal(helpers)) lines.push(...refusalLines(helpers))
    else lines.push(`ask for ${need}: ${helpers.rows.map((row) => row.office).join(', ')}`)
  }
  return lines
}

function answerItem(item: { state: string } | Refusal): readonly string[] {
  return isRefusal(item) ? refusalLines(item) : [item.state]
}

async function order(act: ActOf<'order'>, stage: Stage): Promise<string[]> {
  const { partner, category, item, quantity, unit } = act
  const verdict = await stage
    .speaker()
    .call(logistics.checkOrder, { partner, category, item, quantity, unit })
  if (isRefusal(verdict)) return refusalLines(verdict)
  if (verdict.permitted) return ['permitted', ...because(verdict.because)]
  return verdict.refusals.map(reasonLine)
}

async function reconcile(partner: string, stage: Stage): Promise<string[]> {
  const session = stage.speaker()
  const asked = await session.call(register.reconcile, { partner }, keyed())
  if (isRefusal(asked)) return refusalLines(asked)
  const look = async () => session.call(register.listReconciliations, {})
  const row = (seen: Awaited<ReturnType<typeof look>>) =>
    isRefusal(seen) ? undefined : seen.rows.find((each) => each.partner === partner)
  const seen = await stage.until(
    look,
    (list) => !['waiting', 'never', undefined].includes(row(list)?.outcome),
  )
  if (isRefusal(seen)) return refusalLines(seen)
  const found = row(seen)
  if (found === undefined) return ['refused not_found']
  const same =
    found.ours !== null && found.ours.root === found.theirs?.root && found.ours.count === found.theirs.count
  return [
    found.outcome,
    ...(same ? ['both registers have the same lines and the same root'] : []),
    ...found.differences.map((each) => `${each.kind} ${each.control}: ${each.ours} / ${each.theirs}`),
  ]
}

/** The lines of a register that are about what this script named. */
async function registerLines(partner: string, stage: Stage): Promise<string[]> {
  const page = await stage.speaker().call(register.list, { partner, limit: 500 })
  if (isRefusal(page)) return refusalLines(page)
  const lines: string[] = []
  for (const [name, { control }] of stage.items) {
    const rows = page.rows.filter((row) => row.control === control)
    for (const row of rows) {
      const number = row.registered === null ? 'not registered' : 'registered'
      lines.push(
        `${name}: ${row.direction}, ${stampLine(row.stamps)}, ${row.state}, ${number}, held by ${row.holder}`,
      )
    }
  }
  return lines.length === 0 ? ['no line about this'] : lines
}

async function link(partner: string, stage: Stage): Promise<string[]> {
  const checked = await stage.speaker().call(links.verify, { partner })
  if (isRefusal(checked)) return refusalLines(checked)
  return [
    checked.held ? 'both logs verify' : 'DOES NOT VERIFY',
    ...checked.checks.filter((each) => !each.held).map((each) => each.check),
  ]
}

/** One nation's registrar hands a sealed bundle to the other's. */
async function media(act: ActOf<'media'>, stage: Stage): Promise<string[]> {
  const sender = await stage.step(act.one, 'registrar')
  const bundle = await sender.download(links.exportBundle, { partner: act.other })
  if (isRefusal(bundle)) return refusalLines(bundle)
  stage.bundles.set(`${act.one} ${act.other}`, bundle)
  return bring(act, stage)
}

/** The receiver's registrar brings the last bundle to the node, perhaps not for the first time. */
async function bring(act: ActOf<'media'> | ActOf<'again'>, stage: Stage): Promise<string[]> {
  const bundle = stage.bundles.get(`${act.one} ${act.other}`)
  if (bundle === undefined) throw new Error(`Nothing was carried from ${act.one} to ${act.other}.`)
  const receiver = await stage.step(act.other, 'registrar')
  const imported = await receiver.upload(links.importBundle, {}, bundle)
  if (isRefusal(imported)) return refusalLines(imported)
  return [imported.stored > 0 ? 'stored what was new' : 'stored nothing: it was here already']
}
