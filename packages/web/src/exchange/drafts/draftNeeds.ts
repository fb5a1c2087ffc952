/** The sentence that says what the reader has to do with a draft, or for whom it waits. */
import type { DraftView } from '#api/exchange/shapes.ts'
import { useText } from '../../core/texts.ts'
import { draftWords } from './words.ts'

export function useDraftNeeds(draft: DraftView): string {
  const t = useText(draftWords)
  if (draft.state === 'released') return t('draftReleased')
  if (draft.state === 'submitted') return t(draft.can.approve === true ? 'draftNeedsApprove' : 'draftWaits')
  const last = draft.approvals.at(-1)
  if (last?.verdict === 'refuse') {
    const said = { office: last.office, reason: last.reason ?? '' }
    return t(draft.can.edit === true ? 'draftRefused' : 'draftReturned', said)
  }
  return t(draft.can.edit === true ? 'draftNeedsSubmit' : 'draftElse')
}
