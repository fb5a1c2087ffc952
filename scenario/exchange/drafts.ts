/** Sentences on drafts: write, edit, submit, approve and refuse. */
import { drafts } from '#api/exchange/drafts.ts'
import type { DraftView } from '#api/exchange/shapes.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { keyed } from '../client.ts'
import { NAME, ORGANISATION, PARTNER, form, listed } from '../form.ts'
import type { Answers, Form, Scene } from '../form.ts'
import type { Stage } from '../stage.ts'
import { refusalLines } from '../words.ts'
import { controlOf, named, reportsOf } from './reports.ts'
import type { Routing } from './reports.ts'
import { draftLines } from './words.ts'

interface Written {
  readonly name: string
  readonly partner: string
  readonly organisation: string
  readonly marking: string
  readonly bears?: string
  readonly category: string
  readonly purpose: string
  readonly from?: string
  readonly title: string
}

interface Edited {
  readonly name: string
  readonly category?: string
  readonly title: string
}

interface Named {
  readonly name: string
}

export const DRAFTS: readonly Form[] = [
  form(
    'write NAME to PARTNER ORGANISATION marked MARKING [to bear MARKING] about CATEGORY for PURPOSE [from NAME] : TITLE',
    `write ${NAME} to ${PARTNER} ${ORGANISATION} marked (?<marking>.+?)(?: to bear (?<bears>.+?))?` +
      ` about (?<category>[a-z_]+) for (?<purpose>[a-z_]+)(?: from (?<from>[a-z0-9, -]+?))? : (?<title>.+)`,
    write,
  ),
  form(
    'edit NAME [about CATEGORY] : TITLE',
    `edit ${NAME}(?: about (?<category>[a-z_]+))? : (?<title>.+)`,
    edit,
  ),
  form('upload NAME FILE', `upload ${NAME} (?<file>[\\w.-]+)`, upload),
  form('submit NAME', `submit ${NAME}`, submit),
  form('approve NAME', `approve ${NAME}`, approve),
  form('refuse NAME because REASON', `refuse ${NAME} because (?<because>.+)`, refuse),
]

function routingOf({ partner, organisation, marking, bears, category, purpose, from }: Written): Routing {
  const sources = from === undefined ? [] : listed(from)
  return { partner, organisation, marking, receiverMarking: bears ?? null, category, purpose, from: sources }
}

function routingInput(routing: Routing, stage: Stage) {
  const { partner, organisation, marking, receiverMarking, category, purpose } = routing
  const derivedFrom = routing.from.map((name) => controlOf(name, stage))
  const chosen = receiverMarking === null ? {} : { receiverMarking }
  return { partner, organisation, marking, category, purpose, derivedFrom, ...chosen }
}

async function write(written: Written, { stage, text }: Scene): Promise<Answers> {
  const routing = routingOf(written)
  const session = stage.speaker()
  const input = { ...routingInput(routing, stage), title: written.title, text: text ?? '' }
  const draft = await session.call(drafts.create, input, keyed())
  if (isRefusal(draft)) return refusalLines(draft)
  const { id, control } = draft
  const { nation } = session
  reportsOf(stage).items.set(written.name, {
    nation,
    routing,
    draft: id,
    control,
    item: null,
    proposalDigest: null,
  })
  return draftLines(draft)
}

async function edit({ name, category, title }: Edited, { stage, text }: Scene): Promise<Answers> {
  const known = named(name, stage)
  const routing = category === undefined ? known.routing : { ...known.routing, category }
  const input = {
    draft: known.draft,
    ...routingInput(routing, stage),
    title,
    ...(text === null ? {} : { text }),
  }
  return withDraft(name, stage, () => stage.speaker().call(drafts.edit, input, keyed()))
}

async function upload(
  { name, file }: { readonly name: string; readonly file: string },
  { stage }: Scene,
): Promise<Answers> {
  const content = stage.files.get(file)
  if (content === undefined) throw new Error(`There is no file ${file} for this script.`)
  const mediaType = file.endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream'
  return withDraft(name, stage, (draft) =>
    stage.speaker().upload(drafts.uploadContent, { draft, fileName: file, mediaType }, content, keyed()),
  )
}

function submit({ name }: Named, { stage }: Scene): Promise<Answers> {
  return withDraft(name, stage, (draft) => stage.speaker().call(drafts.submit, { draft }, keyed()))
}

function approve({ name }: Named, { stage }: Scene): Promise<Answers> {
  return decide(name, stage, (draft, digest) =>
    stage.speaker().call(drafts.approve, { draft, digest }, keyed()),
  )
}

function refuse(
  { name, because }: { readonly name: string; readonly because: string },
  { stage }: Scene,
): Promise<Answers> {
  return decide(name, stage, (draft, digest) =>
    stage.speaker().call(drafts.refuse, { draft, digest, reason: because }, keyed()),
  )
}

/** Changes a named draft with `work`, and updates the stage's record of it. */
export async function withDraft(
  name: string,
  stage: Stage,
  work: (draft: string) => Promise<DraftView | Refusal>,
): Promise<Answers> {
  const known = named(name, stage)
  const draft = await work(known.draft)
  if (isRefusal(draft)) return refusalLines(draft)
  known.proposalDigest = draft.proposalDigest
  known.item = draft.item
  known.control = draft.control
  return draftLines(draft)
}

/** Reads the draft and decides on the digest just read, as a release authority does. */
async function decide(
  name: string,
  stage: Stage,
  work: (draft: string, digest: string) => Promise<DraftView | Refusal>,
): Promise<Answers> {
  const read = await stage.speaker().call(drafts.get, { draft: named(name, stage).draft })
  if (isRefusal(read)) return refusalLines(read)
  if (read.proposalDigest === null) return ['refused wrong_state']
  return withDraft(name, stage, (draft) => work(draft, read.proposalDigest!))
}
