/** The routes of drafts. */
import { drafts } from '#api/exchange/drafts.ts'
import { isRefusal } from '#api/refusals.ts'
import { bind } from '#node/kernel/bind.ts'
import type { Binder, Binding } from '#node/kernel/bind.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import { inertResponse } from '#node/kernel/bytes.ts'
import { choicesFor } from './choices.view.ts'
import { composeDraft, reviseDraft, uploadContent } from './compose.commands.ts'
import { approveDraft, refuseDraft, submitDraft } from './draft.commands.ts'
import { draftContent, draftList, draftView } from './draft.view.ts'
import { verdictOf } from './verdict.view.ts'

export function draftRoutes({ look, change, shown }: Binder, services: Services): Binding[] {
  const show = (view: View, id: string, by: SignedIn) => draftView(view, services, by, id)
  return [
    look(drafts.choices, (view, { partner }) => choicesFor(view, services, partner)),
    look(drafts.verdict, (view, input, by) => verdictOf(view, services, by.personId, input)),
    look(drafts.list, (view, { limit }, by) => draftList(view, services, by, limit)),
    look(drafts.get, (view, { draft }, by) => draftView(view, services, by, draft)),
    bind(drafts.create, async (input, caller) =>
      shown(await composeDraft(services, caller, input), caller, show),
    ),
    bind(drafts.edit, async ({ draft, ...input }, caller) =>
      shown(await reviseDraft(services, caller, draft, input), caller, show),
    ),
    bind(drafts.uploadContent, async (input, caller) =>
      shown(await uploadContent(services, caller, input), caller, show),
    ),
    look(drafts.readContent, async (view, { draft }, by) => {
      const content = await draftContent(view, services, by, draft)
      if (isRefusal(content)) return content
      return inertResponse(content.chunks, { sizeBytes: content.sizeBytes, fileName: 'draft' })
    }),
    change(drafts.submit, (act, { draft }, by) => submitDraft(act, services, by, draft), show),
    change(
      drafts.approve,
      (act, { draft, digest }, by) => approveDraft(act, services, by, draft, digest),
      show,
    ),
    change(
      drafts.refuse,
      (act, { draft, ...verdict }, by) => refuseDraft(act, services, by, draft, verdict),
      show,
    ),
  ]
}
