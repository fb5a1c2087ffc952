/** Answers of the API in the words of a transcript. */
import type { DraftView, ItemView } from '#api/exchange/shapes.ts'
import type { Citation, Reason, Refusal } from '#api/refusals.ts'

/** `jp-kr-gsomia-2016 4.2, 7.5; national 5`: articles by instrument, in the order given. */
function cited(citations: readonly Citation[]): string {
  const byInstrument = new Map<string, string[]>()
  for (const { instrument, article } of citations) {
    const articles = byInstrument.get(instrument) ?? []
    if (!articles.includes(article)) articles.push(article)
    byInstrument.set(instrument, articles)
  }
  return [...byInstrument].map(([instrument, articles]) => `${instrument} ${articles.join(', ')}`).join('; ')
}

/** One line for the articles that an answer rests on. */
export function because(citations: readonly Citation[]): string[] {
  return citations.length === 0 ? [] : [`because ${cited(citations)}`]
}

export function reasonLine(reason: Reason): string {
  return `refused ${reason.code} ${cited(reason.because)}`.trimEnd()
}

export function refusalLines(refusal: Refusal): string[] {
  const place = refusal.place === undefined ? [] : [`at ${refusal.place}`]
  return [...refusal.reasons.map(reasonLine), ...place]
}

/** Both markings as stamps. */
export function stampLine(stamps: {
  originator: string
  marking: string
  recipient: string
  receiverMarking: string
}): string {
  const there = stamps.receiverMarking === '' ? 'none' : stamps.receiverMarking
  return `${stamps.originator} ${stamps.marking} / ${stamps.recipient} ${there}`
}

/** A draft: its state, both markings, what the gate says of it, and who has signed. */
export function draftLines(draft: DraftView): string[] {
  const { verdict } = draft
  const isOpen = draft.state === 'writing' || draft.state === 'submitted'
  return [
    draft.state,
    stampLine(draft.stamps),
    ...(isOpen ? verdict.refusals.map((each) => `would be ${reasonLine(each)}`) : []),
    ...(isOpen ? verdict.pending.map((each) => `awaits ${each.code} ${cited(each.because)}`) : []),
    ...(verdict.permitted ? because(verdict.because) : []),
    ...draft.approvals.map(approvalLine),
  ]
}

function approvalLine(approval: DraftView['approvals'][number]): string {
  const verbs = { submit: 'submitted by', approve: 'approved by', refuse: 'returned by' } as const
  const reason = approval.reason === null ? '' : `: ${approval.reason}`
  const standing =
    approval.current || approval.verdict === 'refuse' ? '' : ' (void: the report has changed since)'
  return `${verbs[approval.verdict]} ${approval.office}${reason}${standing}`
}

/** An item's custody, each step with what was verified of it now. */
export function custodyLines(item: ItemView): string[] {
  return item.custody.map((step) => {
    const who = step.office ?? step.nation
    const proof =
      step.proof === null ? '' : step.proof.checks.every((each) => each.held) ? ', proved' : ', NOT proved'
    const code = step.step === 'attempted' ? `, refused ${step.code}` : ''
    return `${step.step} by ${who}${code}${proof}`
  })
}
