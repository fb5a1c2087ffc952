/**
 * The commands of the scenario language as calls of the node's API, and the answers as lines of a transcript.
 */
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
import type { Command, Routing, Step } from './script.ts'
import type { NamedItem, Stage } from './stage.ts'
import { because, custodyLines, draftLines, reasonLine, refusalLines, stampLine } from './words.ts'

type CommandOf<Verb extends Command['verb']> = Extract<Command, { verb: Verb }>
/** True if the answers include all that the script expects. Commands that wait, wait for this. */
export type IsExpected = (answers: readonly string[]) => boolean

const DAY_MS = 86_400_000

/** Runs the command of a step and returns the answers. */
export async function runStep(step: Step, stage: Stage, isExpected: IsExpected): Promise<readonly string[]> {
  const { command } = step
  switch (command.verb) {
    case 'as':
      await stage.step(command.nation, command.person)
      return []
    case 'assure':
      return assure(command, stage)
    case 'assured':
      return assured(command, stage)
    case 'write':
      return write(command, step.text ?? '', stage)
    case 'edit':
      return edit(command, step.text, stage)
    case 'upload':
      return upload(command, stage)
    case 'submit':
    case 'approve':
    case 'refuse':
      return sign(command, stage)
    case 'see':
      return see(command.name, stage, isExpected)
    case 'custody':
      return custody(command.name, stage)
    case 'open':
      return open(command, stage)
    case 'receipt':
      return answerItem(
        await stage.speaker().call(items.receipt, { item: itemOf(command.name, stage) }, keyed()),
      )
    case 'withdraw':
      return answerItem(
        await stage.speaker().call(items.withdraw, { item: itemOf(command.name, stage) }, keyed()),
      )
    case 'order':
      return order(command, stage)
    case 'reconcile':
      return reconcile(command.partner, stage)
    case 'register':
      return registerLines(command.partner, stage)
    case 'link':
      return link(command.partner, stage)
    case 'evidence':
      return exportEvidence(command.name, itemOf(command.name, stage), stage)
    case 'verify':
      return verifyEvidenceOf(command.name, stage)
    case 'tamper':
      return tamperEvidence(command.name, stage)
    case 'cut':
    case 'mend':
      return changeRelays(command, stage)
    case 'media':
      return media(command, stage)
    case 'again':
      return importBundle(command, stage)
  }
}

type Signing =
  | { readonly verb: 'refuse'; readonly name: string; readonly because: string }
  | { readonly verb: string; readonly name: string }

function sign(command: Signing, stage: Stage) {
  if (command.verb === 'submit') {
    return withDraft(command.name, stage, (draft) => stage.speaker().call(drafts.submit, { draft }, keyed()))
  }
  return decide(command.name, stage, (draft, digest) =>
    'because' in command
      ? stage.speaker().call(drafts.refuse, { draft, digest, reason: command.because }, keyed())
      : stage.speaker().call(drafts.approve, { draft, digest }, keyed()),
  )
}

function changeRelays(command: CommandOf<'cut' | 'mend'>, stage: Stage): string[] {
  if (stage.relays === null) throw new Error('The links of this network cannot be cut.')
  stage.relays[command.verb](command.one, command.other)
  return [command.verb === 'cut' ? 'cut' : 'mended']
}

function keyed() {
  return { key: freshKey() }
}

/** An item by its name in the script. */
function named(name: string, stage: Stage): NamedItem {
  const found = stage.items.get(name)
  if (found === undefined) throw new Error(`There is no item "${name}": write it first.`)
  return found
}

function itemOf(name: string, stage: Stage): string {
  const { item } = named(name, stage)
  if (item === null) throw new Error(`"${name}" has not been released.`)
  return item
}

async function assure(command: CommandOf<'assure'>, stage: Stage): Promise<string[]> {
  const { partner, organisation, markings, purposes } = command
  const until = new Date(Date.now() + 180 * DAY_MS).toISOString()
  const input = { partner, organisation, markings: [...markings], purposes: [...purposes], until }
  const given = await stage.speaker().call(assurances.give, input, keyed())
  if (isRefusal(given)) return refusalLines(given)
  stage.assurances.add(given.id)
  return [`assured under ${given.instrument}, by ${given.office}`]
}

async function assured(command: CommandOf<'assured'>, stage: Stage): Promise<string[]> {
  const look = async (): Promise<string[]> => {
    const list = await stage.speaker().call(assurances.list, {})
    if (isRefusal(list)) return refusalLines(list)
    const rows = list.rows.filter(
      (row) =>
        stage.assurances.has(row.id) &&
        row.by === command.by &&
        row.organisation === command.organisation &&
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

async function write(command: CommandOf<'write'>, text: string, stage: Stage): Promise<readonly string[]> {
  const session = stage.speaker()
  const input = { ...routingInput(command.routing, stage), title: command.title, text }
  const draft = await session.call(drafts.create, input, keyed())
  if (isRefusal(draft)) return refusalLines(draft)
  const { id, control } = draft
  const { nation } = session
  stage.items.set(command.name, {
    nation,
    routing: command.routing,
    draft: id,
    control,
    item: null,
    proposalDigest: null,
  })
  return draftLines(draft)
}

async function edit(
  command: CommandOf<'edit'>,
  text: string | null,
  stage: Stage,
): Promise<readonly string[]> {
  const known = named(command.name, stage)
  const routing = command.category === null ? known.routing : { ...known.routing, category: command.category }
  const input = {
    draft: known.draft,
    ...routingInput(routing, stage),
    title: command.title,
    ...(text === null ? {} : { text }),
  }
  return withDraft(command.name, stage, () => stage.speaker().call(drafts.edit, input, keyed()))
}

async function upload(command: CommandOf<'upload'>, stage: Stage): Promise<readonly string[]> {
  const content = stage.files.get(command.file)
  if (content === undefined) throw new Error(`There is no file ${command.file} for this script.`)
  const mediaType = command.file.endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream'
  return withDraft(command.name, stage, (draft) =>
    stage
      .speaker()
      .upload(drafts.uploadContent, { draft, fileName: command.file, mediaType }, content, keyed()),
  )
}

/** Changes a named draft with `work`, and updates what the stage knows of it. */
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

/** Reads the draft and decides on the digest that was read, as a release authority does. */
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

/** The state of an item at the speaker's node, as soon as it is as expected. */
async function see(name: string, stage: Stage, isExpected: IsExpected): Promise<readonly string[]> {
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
  return stage.until(look, isExpected)
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
          (proof?.cosigned === true && proof.checks.every(({ held }) => held)),
      ),
  )
  return isRefusal(item) ? refusalLines(item) : custodyLines(item)
}

async function open(command: CommandOf<'open'>, stage: Stage): Promise<string[]> {
  const session = stage.speaker()
  const item = itemOf(command.name, stage)
  const opened = await session.call(items.open, { item, purpose: command.purpose }, keyed())
  if (isRefusal(opened)) return [...refusalLines(opened), ...(await whomToAsk(opened, stage))]
  const heading = [`opened for ${command.purpose}`, opened.title]
  if (opened.text !== null)
    return [...heading, ...opened.text.split('\n').map((line) => `| ${line}`.trimEnd())]
  const bytes = await session.download(items.readContent, { item, opening: opened.opening })
  if (isRefusal(bytes)) return refusalLines(bytes)
  const own = opened.fileName === null ? undefined : stage.files.get(opened.fileName)
  const same = own !== undefined && Buffer.compare(own, bytes) === 0
  const file = `${opened.fileName}, ${opened.mediaType}, shown as ${opened.show}`
  return [...heading, `${file}, ${same ? 'byte for byte what was uploaded' : 'NOT what was uploaded'}`]
}

/** For a missing clearance or need-to-know: the offices that can grant it. */
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

async function order(command: CommandOf<'order'>, stage: Stage): Promise<string[]> {
  const { partner, category, item, quantity, unit } = command
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
    isRefusal(seen) ? undefined : seen.rows.find((reconciliation) => reconciliation.partner === partner)
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
    ...found.differences.map(({ kind, control, ours, theirs }) => `${kind} ${control}: ${ours} / ${theirs}`),
  ]
}

/** The register lines of the items that this script named. */
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
    ...checked.checks.filter(({ held }) => !held).map(({ check }) => check),
  ]
}

/** One nation's registrar exports a bundle, and the other's imports it. */
async function media(command: CommandOf<'media'>, stage: Stage): Promise<string[]> {
  const sender = await stage.step(command.one, 'registrar')
  const bundle = await sender.download(links.exportBundle, { partner: command.other })
  if (isRefusal(bundle)) return refusalLines(bundle)
  stage.bundles.set(`${command.one} ${command.other}`, bundle)
  return importBundle(command, stage)
}

/** The receiver's registrar imports the last bundle, possibly once more. */
async function importBundle(command: CommandOf<'media' | 'again'>, stage: Stage): Promise<string[]> {
  const bundle = stage.bundles.get(`${command.one} ${command.other}`)
  if (bundle === undefined)
    throw new Error(`There is no bundle from ${command.one} to ${command.other}: write "media" first.`)
  const receiver = await stage.step(command.other, 'registrar')
  const imported = await receiver.upload(links.importBundle, {}, bundle)
  if (isRefusal(imported)) return refusalLines(imported)
  return [imported.stored > 0 ? 'stored what was new' : 'stored nothing: it was here already']
}
