/** The exchange's contracts bound to its commands and views. */
import { drafts } from '#api/exchange/drafts.ts'
import { items } from '#api/exchange/items.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { SealError } from '#wire/seal/error.ts'
import { permit } from '#node/identity/role.ts'
import type { PersonCaller, SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { bind } from '#node/kernel/http.ts'
import type { Binding } from '#node/kernel/http.ts'
import { once } from '#node/kernel/once.ts'
import type { Repeatable } from '#node/kernel/once.ts'
import { bytesOf, inertResponse } from './content/bytes.ts'
import { contentFacts, sealContent } from './content/content.ts'
import type { FreshContent } from './content/content.ts'
import {
  approveDraft,
  createDraft,
  editDraft,
  isDraft,
  refuseDraft,
  submitDraft,
} from './drafts/draft.commands.ts'
import { listDrafts, readContentRow, readDraft } from './drafts/draft.store.ts'
import type { Draft, DraftState } from './drafts/draft.store.ts'
import { draftContent, draftView, maySeeDraft, mayRead } from './drafts/draft.view.ts'
import { readItem } from './items/item.store.ts'
import type { Item } from './items/item.store.ts'
import { itemRow, itemView } from './items/item.view.ts'
import { withdrawItem, receiptItem } from './items/open.commands.ts'
import { assuranceRoutes } from './assurances/assurance.routes.ts'
import { openingRoutes } from './items/opening.routes.ts'
import { registerRoutes } from './register/register.routes.ts'
import { listItems } from './register/register.store.ts'
import type { ExchangeServices } from './services.ts'
import { verdictOf } from './drafts/verdict.view.ts'

/** Every route of the exchange. */
export function exchangeRoutes(services: ExchangeServices): readonly Binding[] {
  return [
    ...draftRoutes(services),
    ...verdictRoutes(services),
    ...itemRoutes(services),
    ...openingRoutes(services),
    ...registerRoutes(services),
    ...assuranceRoutes(services),
  ]
}

/** A draft that was discarded is not listed. */
const SHOWN: readonly DraftState[] = ['writing', 'submitted', 'released']

function draftRoutes(services: ExchangeServices): Binding[] {
  const { acts } = services
  const done = (caller: PersonCaller, work: (act: Act) => Promise<Draft | Refusal>) =>
    doneOnce(services, caller, work)
  return [
    bind(drafts.verdict, (input, { session }) => acts.run((act) => verdictOf(act, services, session, input))),
    bind(drafts.list, (input, { session }) =>
      acts.run(async (act) => {
        const drafts = await listDrafts(act.tx, { states: SHOWN }, input.limit ?? 100)
        const mine = drafts.filter((draft) => maySeeDraft(draft, session) === true)
        const rows = []
        for (const draft of mine) rows.push(await draftView(act, services, session, draft))
        return { rows, next: null, total: rows.length }
      }),
    ),
    bind(drafts.create, async (input, caller) => {
      const { session } = caller
      const can = permit(session.roles, 'exchange.compose')
      if (can !== true) return can
      const fresh = await sealText(services, session, input.title, input.text ?? '')
      if (isRefusal(fresh)) return fresh
      return done(caller, (act) => createDraft(act, services, session, input, fresh))
    }),
    bind(drafts.get, ({ draft }, { session }) =>
      acts.run(async (act) => {
        const found = await seen(act, session, draft)
        return isDraft(found) ? draftView(act, services, session, found) : found
      }),
    ),
    bind(drafts.edit, async (input, caller) => {
      const { session } = caller
      const change = { routing: input, title: input.title }
      if (input.text === undefined) {
        return done(caller, (act) => editDraft(act, services, session, input.draft, change))
      }
      const fresh = await sealText(services, session, input.title, input.text)
      if (isRefusal(fresh)) return fresh
      return done(caller, (act) => editDraft(act, services, session, input.draft, { ...change, fresh }))
    }),
    bind(drafts.uploadContent, (input, caller) => upload(services, input, caller)),
    bind(drafts.readContent, async ({ draft: id }, { session }) => {
      const found = await acts.run(async (act) => {
        const draft = await readDraft(act.tx, id, 'look')
        if (draft === null) return refuse('not_found')
        const can = await mayRead(act, services, session, draft)
        return can === true ? readContentRow(act.tx, draft.content) : can
      })
      if (isRefusal(found)) return found
      return inertResponse(draftContent(services, found), {
        sizeBytes: found.plain_size_bytes,
        fileName: 'draft',
      })
    }),
  ]
}

/** What puts a draft before the release authorities, and their verdicts. */
function verdictRoutes(services: ExchangeServices): Binding[] {
  const done = (caller: PersonCaller, work: (act: Act) => Promise<Draft | Refusal>) =>
    doneOnce(services, caller, work)
  return [
    bind(drafts.submit, ({ draft }, caller) =>
      done(caller, (act) => submitDraft(act, services, caller.session, draft)),
    ),
    bind(drafts.approve, ({ draft, digest }, caller) =>
      done(caller, (act) => approveDraft(act, services, caller.session, draft, digest)),
    ),
    bind(drafts.refuse, ({ draft, digest, reason }, caller) =>
      done(caller, (act) => refuseDraft(act, services, caller.session, draft, { digest, reason })),
    ),
  ]
}

async function seen(act: Act, session: SignedIn, id: string): Promise<Draft | Refusal> {
  const draft = await readDraft(act.tx, id, 'look')
  if (draft === null) return refuse('not_found')
  const can = maySeeDraft(draft, session)
  return can === true ? draft : can
}

/** Does something to a draft, once for each key, and shows the draft. `content` is the digest of bytes that came. */
function doneOnce(
  services: ExchangeServices,
  caller: PersonCaller,
  work: (act: Act) => Promise<Draft | Refusal>,
  content?: string,
) {
  return services.acts.run(async (act) => {
    const repeatable = {
      work: () => work(act),
      keep: (draft: Draft) => draft.id,
      found: async (id: string) => (await readDraft(act.tx, id, 'look')) ?? refuse('not_found'),
    }
    const draft = await once(act, caller, repeatable, content)
    await act.flush()
    return isDraft(draft) ? draftView(act, services, caller.session, draft) : draft
  })
}

async function upload(
  services: ExchangeServices,
  input: { draft: string; fileName: string; mediaType: string },
  caller: PersonCaller,
) {
  const { session, request } = caller
  const { acts, keys, blobs, world } = services
  const before = await acts.run(async (act) => {
    const draft = await readDraft(act.tx, input.draft, 'look')
    if (draft === null || draft.author !== session.personId) return refuse('not_found')
    return readContentRow(act.tx, draft.content)
  })
  if (isRefusal(before)) return before
  const { title } = contentFacts(keys, before)
  const facts = { title, fileName: input.fileName, mediaType: input.mediaType.toLowerCase() }
  const declared = request.headers.get('content-length')
  const sizeBytes = declared === null ? undefined : Number(declared)
  const fresh = await sealed(() =>
    sealContent({ keys, blobs, world }, session.personId, facts, bytesOf(request), sizeBytes),
  )
  if (isRefusal(fresh)) return fresh
  const edit = (act: Act) => editDraft(act, services, session, input.draft, { fresh })
  return doneOnce(services, caller, edit, fresh.row.plain_digest)
}

/** Seals text that was written in the form. */
function sealText(services: ExchangeServices, by: SignedIn, title: string, text: string) {
  const { keys, blobs, world } = services
  const bytes = Buffer.from(text)
  const facts = { title, fileName: null, mediaType: 'text/plain' }
  return sealed(() => sealContent({ keys, blobs, world }, by.personId, facts, [bytes], bytes.length))
}

/** What the seal holds against content is an answer to the person, with the place that is wrong. */
async function sealed(work: () => Promise<FreshContent>): Promise<FreshContent | Refusal> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    if (error.code === 'seal_content_too_large') return refuse('too_large', [], 'content')
    return refuse('invalid_input', [], error.code === 'seal_metadata_malformed' ? 'title' : 'content')
  }
}

function itemRoutes(services: ExchangeServices): Binding[] {
  const { acts, database } = services
  const shown = ({ session }: PersonCaller, work: (act: Act) => Promise<Item | Refusal>) =>
    acts.run(async (act) => {
      const item = await work(act)
      return isRefusal(item) ? item : itemView(act, services, session, item)
    })
  return [
    bind(items.list, async (input, { session }) => {
      const can = permit(session.roles, 'exchange.read_items')
      if (can !== true) return can
      const page = await listItems(database.query, input, input.cursor, input.limit ?? 50)
      return { rows: page.rows.map(itemRow), next: page.next, total: page.total }
    }),
    bind(items.get, ({ item }, caller) =>
      shown(caller, async (act) => {
        const can = permit(caller.session.roles, 'exchange.read_items')
        return can === true ? ((await readItem(act.tx, item)) ?? refuse('not_found')) : can
      }),
    ),
    bind(items.receipt, ({ item }, caller) =>
      shown(caller, (act) =>
        once(
          act,
          caller,
          itemAct(act, () => receiptItem(act, caller.session, item)),
        ),
      ),
    ),
    bind(items.withdraw, ({ item }, caller) =>
      shown(caller, (act) =>
        once(
          act,
          caller,
          itemAct(act, () => withdrawItem(act, caller.session, item)),
        ),
      ),
    ),
  ]
}

/** An act on an item, found again as the item. */
function itemAct(act: Act, work: () => Promise<Item | Refusal>): Repeatable<Item> {
  return {
    work,
    keep: (item) => item.id,
    found: async (id) => (await readItem(act.tx, id)) ?? refuse('not_found'),
  }
}
