/**
 * Composes reports. Text and files are sealed as they arrive, before the act that references them. Idempotency keys
 * apply (API-9).
 */
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { SealError } from '#wire/seal/error.ts'
import { permit } from '#node/kernel/permission.ts'
import type { PersonCaller } from '#node/kernel/caller.ts'
import { once } from '#node/kernel/once.store.ts'
import type { Services } from '#node/services.ts'
import { bytesOf } from '#node/kernel/bytes.ts'
import { contentFacts, sealContent } from '../content/content.ts'
import type { ContentFacts, FreshContent } from '../content/content.ts'
import type { ByteSource } from '#node/kernel/blobs.ts'
import { EXCHANGE } from '../permissions.ts'
import { createDraft, editDraft } from './draft.commands.ts'
import { readContent, readDraft } from './draft.store.ts'
import type { Routing } from './draft.ts'

/** The input of the compose form. A file is uploaded separately. */
export interface DraftInput extends Routing {
  readonly title: string
  readonly text?: string | undefined
}

/** Creates a draft from the form; returns its id. */
export async function composeDraft(
  services: Services,
  caller: PersonCaller,
  input: DraftInput,
): Promise<string | Refusal> {
  const { session } = caller
  const can = permit(session.roles, EXCHANGE['exchange.compose'])
  if (can !== true) return can
  const fresh = await sealText(services, session.personId, input.title, input.text ?? '')
  if (isRefusal(fresh)) return fresh
  return services.acts.run((act) =>
    once(act, caller, () => createDraft(act, services, session, input, fresh)),
  )
}

/** Changes a draft from the form; returns its id. */
export async function reviseDraft(
  services: Services,
  caller: PersonCaller,
  draft: string,
  input: DraftInput,
): Promise<string | Refusal> {
  const { session } = caller
  const { title, text } = input
  const fresh = text === undefined ? undefined : await sealText(services, session.personId, title, text)
  if (isRefusal(fresh)) return fresh
  const change = { routing: input, title, ...(fresh === undefined ? {} : { fresh }) }
  return services.acts.run((act) => once(act, caller, () => editDraft(act, services, session, draft, change)))
}

export interface Upload {
  readonly draft: string
  readonly fileName: string
  readonly mediaType: string
}

/** Streams a file into a draft of the caller; returns the draft's id. */
export async function uploadContent(
  services: Services,
  caller: PersonCaller,
  { draft: id, fileName, mediaType }: Upload,
): Promise<string | Refusal> {
  const { session, request } = caller
  const before = await services.views.run(async ({ tx }) => {
    const draft = await readDraft(tx, id)
    if (draft === null || draft.author !== session.personId) return null
    return readContent(tx, draft.content)
  })
  if (before === null) return refuse('not_found')
  const { title } = contentFacts(services.keys, before)
  const declared = request.headers.get('content-length')
  const sizeBytes = declared === null ? undefined : Number(declared)
  const facts = { title, fileName, mediaType: mediaType.toLowerCase() }
  const fresh = await sealOrRefuse(services, session.personId, facts, bytesOf(request), sizeBytes)
  if (isRefusal(fresh)) return fresh
  const edit = { fresh }
  return services.acts.run((act) =>
    once(act, caller, () => editDraft(act, services, session, id, edit), fresh.content.plainDigest),
  )
}

function sealText(services: Services, owner: string, title: string, text: string) {
  const bytes = Buffer.from(text)
  const facts = { title, fileName: null, mediaType: 'text/plain' }
  return sealOrRefuse(services, owner, facts, [bytes], bytes.length)
}

/** Seals content. What the seal rejects is refused with its place. */
async function sealOrRefuse(
  { keys, blobs, world }: Services,
  owner: string,
  facts: ContentFacts,
  source: ByteSource,
  sizeBytes?: number,
): Promise<FreshContent | Refusal> {
  try {
    return await sealContent({ keys, blobs, world }, owner, facts, source, sizeBytes)
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    if (error.code === 'seal_content_too_large') return refuse('too_large', [], 'content')
    return refuse('invalid_input', [], error.code === 'seal_metadata_malformed' ? 'title' : 'content')
  }
}
