/** A report in the form, and what is sent to the node. Pure. */
import type { DraftView, ReleaseVerdict } from '#api/exchange/shapes.ts'
import type { Reason, RefusalCode } from '#api/refusals.ts'

export interface Report {
  readonly partner: string
  readonly organisation: string
  readonly marking: string
  readonly receiverMarking: string
  readonly category: string
  readonly purpose: string
  /** Control numbers as typed, separated by commas. */
  readonly derivedFrom: string
  readonly title: string
  readonly kind: 'text' | 'file'
  readonly text: string
  /** Chosen but not uploaded yet. */
  readonly file: File | null
}

/** Matches the limit of the seal: 2 GB in decimal units. */
export const FILE_SIZE_BYTES_MAX = 2_000_000_000
export const TEXT_LENGTH_MAX = 200_000
export const TITLE_LENGTH_MAX = 200

export function emptyReport(preset: { readonly partner: string; readonly derivedFrom: string }): Report {
  return {
    ...preset,
    organisation: '',
    marking: '',
    receiverMarking: '',
    category: '',
    purpose: '',
    title: '',
    kind: 'text',
    text: '',
    file: null,
  }
}

export function reportOf(draft: DraftView): Report {
  return {
    partner: draft.stamps.recipient,
    organisation: draft.organisation,
    marking: draft.stamps.marking,
    receiverMarking: draft.stamps.receiverMarking,
    category: draft.category,
    purpose: draft.purpose,
    derivedFrom: draft.derivedFrom.join(', '),
    title: draft.title ?? '',
    kind: draft.file === null ? 'text' : 'file',
    text: draft.text ?? '',
    file: null,
  }
}

/** Parses a list of control numbers, separated by commas of three languages, spaces or new lines. */
export function controlsIn(typed: string): string[] {
  return [...new Set(typed.split(/[\s,、，;]+/u).filter((control) => control !== ''))].slice(0, 16)
}

/** The input for the gate. */
export function routingOf(report: Report) {
  return {
    partner: report.partner,
    organisation: report.organisation,
    marking: report.marking,
    ...(report.receiverMarking === '' ? {} : { receiverMarking: report.receiverMarking }),
    category: report.category,
    purpose: report.purpose,
    derivedFrom: controlsIn(report.derivedFrom),
  }
}

/**
 * The fields that a save sends. A file is uploaded afterwards; without a text the content does not change.
 */
export function fieldsOf(report: Report) {
  const isText = report.kind === 'text'
  return { ...routingOf(report), title: report.title.trim(), ...(isText ? { text: report.text } : {}) }
}

export type Choosable = 'organisation' | 'marking' | 'receiverMarking' | 'category' | 'purpose'

/** The choices that are open until the gate's answer applies to the report. */
export function stillToChoose(report: Report, verdict: ReleaseVerdict | undefined): readonly Choosable[] {
  const open: Choosable[] = []
  if (report.organisation === '') open.push('organisation')
  if (report.marking === '') open.push('marking')
  if (report.receiverMarking === '' && (verdict?.receiverMarkings.length ?? 0) > 1)
    open.push('receiverMarking')
  if (report.category === '') open.push('category')
  if (report.purpose === '') open.push('purpose')
  return open
}

/** A field that may be missing when a report is saved or submitted. */
export type Needed = 'partner' | 'title' | Choosable

/** The fields that are missing for a save, in the order of the form. */
export function missingToSave(report: Report): readonly Needed[] {
  const missing: Needed[] = []
  if (report.partner === '') missing.push('partner')
  if (report.title.trim() === '') missing.push('title')
  return missing
}

/** The fields that are missing for a submission, in the order of the form. `open`: the open choices. */
export function missingToSubmit(report: Report, open: readonly Choosable[]): readonly Needed[] {
  const missing = missingToSave(report)
  // The other choices depend on the partner.
  if (report.partner === '') return missing
  return [...open, ...missing]
}

const SAID_OF_A_GAP: Readonly<Record<Choosable, readonly RefusalCode[]>> = {
  organisation: ['recipient_not_competent', 'assurance_missing'],
  marking: ['no_equivalent_marking', 'assurance_missing', 'clearance_too_low'],
  receiverMarking: ['no_equivalent_marking', 'assurance_missing'],
  category: ['category_not_permitted'],
  purpose: ['purpose_missing', 'purpose_not_permitted', 'assurance_missing'],
}

/** The reasons about choices, without those about empty fields. */
export function refusalsOfChoices(reasons: readonly Reason[], open: readonly Choosable[]): readonly Reason[] {
  const ofGaps = new Set(open.flatMap((field) => SAID_OF_A_GAP[field]))
  return reasons.filter((reason) => !ofGaps.has(reason.code))
}

/** True if the form differs from the node's version. */
export function isChanged(report: Report, saved: Report): boolean {
  if (report.file !== null) return true
  return (Object.keys(report) as (keyof Report)[]).some((name) => report[name] !== saved[name])
}
