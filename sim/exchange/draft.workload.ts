/** Commands on drafts: write, edit, submit, approve and refuse, permitted and not. */
import { sealContent } from '#node/exchange/content/content.ts'
import type { FreshContent } from '#node/exchange/content/content.ts'
import {
  approveDraft,
  createDraft,
  editDraft,
  refuseDraft,
  submitDraft,
} from '#node/exchange/drafts/draft.commands.ts'
import type { Routing } from '#node/exchange/drafts/draft.ts'
import { readDraft } from '#node/exchange/drafts/draft.store.ts'
import { equivalentMarkings, markingsOf } from '#node/exchange/equivalence.ts'
import { organisationsOf } from '#node/law/terms.ts'
import { NOTHING_TO_DO, perform } from '../job.ts'
import type { CommandOutcome, Job } from '../job.ts'
import { MARKER } from '../model.ts'
import { informationProfile } from './profile.ts'
import { addControl, addText, reportsOf } from './reports.ts'

interface DraftRow {
  readonly id: string
  readonly author: string
  readonly control: string | null
  readonly state: string
  readonly partner: string
  readonly proposal_digest: string | null
}

/** A nation with more open drafts writes no new one. */
const OPEN_DRAFTS_MAX = 2
const AUTHORS = ['analyst', 'release-2']
const AUTHORITIES = ['release-1', 'release-1', 'release-2', 'analyst', 'supply']

async function drafts({ nation, model }: Job, states: readonly string[]): Promise<DraftRow[]> {
  const rows = await nation.disk.rows<DraftRow>(
    'select id, author, control, state, partner, proposal_digest from draft order by id',
  )
  for (const { id, control } of rows) if (control !== null) addControl(reportsOf(model), control, id)
  return rows.filter(({ state }) => states.includes(state))
}

async function draftOf({ nation }: Job, id: string) {
  return (await nation.process().node.services.views.run(({ tx }) => readDraft(tx, id)))!
}

function routing({ nation, random }: Job, received: readonly string[]): Routing {
  const partner = random.pick(nation.partners)
  const profile = informationProfile(nation.name, partner)
  const markings = [...markingsOf(profile, nation.name), ...(random.chance(0.05) ? ['部外秘'] : [])]
  const marking = random.pick(markings)
  const there = equivalentMarkings(profile, nation.name, marking, partner)
  const wrong = random.chance(0.05)
  return {
    partner,
    organisation: random.pick(organisationsOf(profile, wrong ? nation.name : partner)),
    marking,
    ...(there.length > 1 && random.chance(0.9) ? { receiverMarking: random.pick(there) } : {}),
    ...(random.chance(0.04) ? { receiverMarking: random.pick(markingsOf(profile, partner)) } : {}),
    category: random.weighted([
      [14, 'missile_launch'],
      [3, 'maritime_surveillance'],
      [1, 'trade'],
    ]),
    purpose: random.weighted([
      [12, 'missile_warning'],
      [3, 'exercise'],
      [1, 'curiosity'],
    ]),
    derivedFrom: received.length > 0 && random.chance(0.06) ? [random.pick(received)] : [],
  }
}

/** Mostly a new text; sometimes one that was received from another nation and read at this one. */
function textOf({ nation, random, model }: Job): { text: string; passedOn: boolean } {
  const read = reportsOf(model).read.get(nation.name) ?? []
  if (read.length > 0 && random.chance(0.1)) return { text: random.pick(read), passedOn: true }
  const words = `${MARKER} ${Buffer.from(random.bytes(16)).toString('hex')} `
  return { text: words.repeat(random.chance(0.12) ? 2000 : 1), passedOn: false }
}

async function seal({ nation, random }: Job, author: string, text: string): Promise<FreshContent> {
  const sealing = { keys: nation.keys, blobs: nation.process().node.services.blobs, world: nation.world }
  const title = `${MARKER} report ${random.below(1000)}`
  const facts = { title, fileName: `${MARKER}.txt`, mediaType: 'text/plain' }
  return sealContent(sealing, author, facts, [Buffer.from(text)])
}

export async function write(job: Job): Promise<CommandOutcome> {
  const { nation, random, model } = job
  const open = await drafts(job, ['writing', 'submitted'])
  if (open.length > OPEN_DRAFTS_MAX) return NOTHING_TO_DO
  const received = await nation.disk.rows<{ control: string }>(
    `select control from item where direction = 'received' order by control`,
  )
  const author = random.pick(AUTHORS)
  const { text, passedOn } = textOf(job)
  const route = routing(
    job,
    received.map(({ control }) => control),
  )
  const fresh = await seal(job, author, text)
  return perform(
    job,
    (act) => createDraft(act, nation.process().node.services, nation.people[author]!, route, fresh),
    (id) => {
      addText(reportsOf(model), id, text)
      if (passedOn || route.derivedFrom.length > 0) reportsOf(model).passedOn.add(id)
      return [`draft ${id}`]
    },
  )
}

export async function edit(job: Job): Promise<CommandOutcome> {
  const { nation, random, model } = job
  const rows = await drafts(job, ['writing', 'submitted', 'released'])
  if (rows.length === 0) return NOTHING_TO_DO
  const { id, author } = random.pick(rows)
  const { services } = nation.process().node
  const by = nation.people[random.chance(0.9) ? author : random.pick(AUTHORS)]!
  const kind = random.pick(['title', 'content', 'routing'])
  const text = textOf(job)
  const fresh = kind === 'content' ? await seal(job, author, text.text) : undefined
  if (fresh !== undefined) addText(reportsOf(model), id, text.text)
  const change = {
    ...(fresh === undefined ? {} : { fresh }),
    ...(kind === 'title' ? { title: `${MARKER} other ${random.below(1000)}` } : {}),
  }
  return perform(
    job,
    (act) => editDraft(act, services, by, id, change),
    () => {
      if (fresh !== undefined && text.passedOn) reportsOf(model).passedOn.add(id)
      return [`draft ${id}`]
    },
  )
}

export async function submit(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const rows = await drafts(job, ['writing'])
  if (rows.length === 0) return NOTHING_TO_DO
  const { id, author } = random.pick(rows)
  return perform(
    job,
    (act) => submitDraft(act, nation.process().node.services, nation.people[author]!, id),
    async () => [`verdict submit ${(await draftOf(job, id)).proposalDigest} ${author}`],
  )
}

export async function approve(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const rows = await drafts(job, ['submitted'])
  if (rows.length === 0) return NOTHING_TO_DO
  const draft = random.pick(rows)
  const signed = await nation.disk.rows<{ person: string }>(
    `select person from approval where proposal_digest = '${draft.proposal_digest}' order by person`,
  )
  const fit = AUTHORITIES.filter((name) => name !== 'supply' && !signed.some(({ person }) => person === name))
  if (fit.length === 0 && random.chance(0.8)) return NOTHING_TO_DO
  const person = fit.length > 0 && random.chance(0.85) ? random.pick(fit) : random.pick(AUTHORITIES)
  const other = random.pick(rows)
  const digest = (random.chance(0.05) ? other : draft).proposal_digest!
  return perform(
    job,
    (act) => approveDraft(act, nation.process().node.services, nation.people[person]!, draft.id, digest),
    async () => {
      const { state, control } = await draftOf(job, draft.id)
      return [`verdict approve ${digest} ${person}`, ...(state === 'released' ? [`released ${control}`] : [])]
    },
  )
}

export async function refuse(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const rows = await drafts(job, ['submitted'])
  if (rows.length === 0) return NOTHING_TO_DO
  const draft = random.pick(rows)
  const person = random.pick(AUTHORITIES)
  const verdict = { digest: draft.proposal_digest!, reason: 'EXERCISE' }
  return perform(
    job,
    (act) => refuseDraft(act, nation.process().node.services, nation.people[person]!, draft.id, verdict),
    () => [`verdict refuse ${verdict.digest} ${person}`],
  )
}
