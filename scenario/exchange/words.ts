/** Drafts and items as lines of a transcript. */
import type { DraftView, ItemView } from '#api/exchange/shapes.ts'
import { because, cited, reasonLine } from '../words.ts'

/** Both nations with their markings. */
export function stampLine(stamps: {
  originator: string
  marking: string
  recipient: string
  receiverMarking: string
}): string {
  const receiverMarking = stamps.receiverMarking === '' ? 'none' : stamps.receiverMarking
  return `${stamps.originator} ${stamps.marking} / ${stamps.recipient} ${receiverMarking}`
}

/** A draft: its state, both markings, the gate's verdict, and the signatures. */
export function draftLines(draft: DraftView): string[] {
  const { verdict } = draft
  const isOpen = draft.state === 'writing' || draft.state === 'submitted'
  return [
    draft.state,
    stampLine(draft.stamps),
    ...(isOpen ? verdict.refusals.map((reason) => `would be ${reasonLine(reason)}`) : []),
    ...(isOpen ? verdict.pending.map((reason) => `awaits ${reason.code} ${cited(reason.because)}`) : []),
    ...(verdict.permitted ? because(verdict.because) : []),
    ...draft.approvals.map(approvalLine),
  ]
}

function approvalLine(approval: DraftView['approvals'][number]): string {
  const verbs = { submit: 'submitted by', approve: 'approved by', refuse: 'returned by' } as const
  const reason = approval.reason === null ? '' : `: ${approval.reason}`
  const validity =
    approval.current || approval.verdict === 'refuse' ? '' : ' (void: the report has changed since)'
  return `${verbs[approval.verdict]} ${approval.office}${reason}${validity}`
}

/** The custody steps of an item, and whether each is proved now. */
export function custodyLines(item: ItemView): string[] {
  return item.custody.map((step) => {
    const who = step.office ?? step.nation
    const proof =
      step.proof === null ? '' : step.proof.checks.every(({ held }) => held) ? ', proved' : ', NOT proved'
    const code = step.step === 'attempted' ? `, refused ${step.code}` : ''
    return `${step.step} by ${who}${code}${proof}`
  })
}
