/** Answers of the API as lines of a transcript. */
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

/** One line with the articles that an answer cites. */
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
