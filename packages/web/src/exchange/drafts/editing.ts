/** The state of an editor: the typed report, the gate's answer, saving, uploading and submitting. */
import { drafts } from '#api/exchange/drafts.ts'
import type { DraftView } from '#api/exchange/shapes.ts'
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Can, Refusal } from '#api/refusals.ts'
import { useCommand } from '../../core/queries.ts'
import { useSession } from '../../core/session.ts'
import { useGo } from '../../ui/address.ts'
import { useUnsavedReport } from './unsavedReport.ts'
import { emptyReport, fieldsOf, isChanged, refusalsOfChoices, reportOf, stillToChoose } from './report.ts'
import type { Choosable, Report } from './report.ts'
import { startUpload, useUpload } from './uploads.ts'
import { useVerdict } from './verdict.ts'
import type { LiveVerdict } from './verdict.ts'
import { paths } from '../slice.ts'

interface Preset {
  readonly partner: string
  readonly derivedFrom: string
}

export interface Editing {
  readonly report: Report
  readonly live: LiveVerdict
  readonly open: readonly Choosable[]
  readonly isUnsaved: boolean
  readonly isUploading: boolean
  readonly isSaving: boolean
  readonly isSubmitting: boolean
  /** Why the last save or submission was refused. */
  readonly answer: Refusal | null
  readonly canSubmit: Can
  put(next: Report): void
  /** Saves the report and starts the upload of its file; null if it was refused. */
  save(): Promise<DraftView | null>
  submit(): Promise<void>
}

export function useReport(draft: DraftView | null, preset: Preset): Editing {
  const go = useGo()
  const session = useSession()
  const person = session.state === 'somebody' ? session.me.person.id : ''
  const key = `${person}/${draft?.id ?? 'new'}/${preset.partner}/${preset.derivedFrom}`
  const upload = useUpload(draft?.id ?? '')
  const saved = draft === null ? emptyReport(preset) : heldReport(draft, upload !== null)
  const { report, put, settle } = useUnsavedReport(key, saved)
  const live = useVerdict(report)
  const create = useCommand(drafts.create)
  const edit = useCommand(drafts.edit)
  const submission = useCommand(drafts.submit)
  const isUnsaved = isChanged(report, saved)

  const save = async (): Promise<DraftView | null> => {
    submission.clear()
    const fields = fieldsOf(report)
    const reply = draft === null ? await create.run(fields) : await edit.run({ draft: draft.id, ...fields })
    if (isRefusal(reply)) return null
    const file = report.kind === 'file' ? report.file : null
    // The upload begins before the form drops the file, so that the draft never appears empty.
    if (file !== null) void startUpload(reply.id, file)
    settle()
    if (draft === null) go(paths.draft(reply.id), { replace: true })
    return reply
  }
  const submit = async (): Promise<void> => {
    const standing = draft === null || isUnsaved ? await save() : draft
    if (standing === null) return
    const reply = await submission.run({ draft: standing.id })
    // A submitted draft is shown and no longer edited, even if the address says so.
    if (!isRefusal(reply)) go(paths.draft(standing.id), { replace: true })
  }
  const open = stillToChoose(report, live.verdict)
  return {
    report,
    live,
    open,
    isUnsaved,
    isUploading: upload?.state === 'running',
    isSaving: create.isRunning || edit.isRunning,
    isSubmitting: submission.isRunning,
    answer: create.refusal ?? edit.refusal ?? submission.refusal,
    canSubmit: maySubmit(report, draft, live, upload !== null),
    put: (next) => {
      // The refusal was about an earlier text.
      for (const command of [create, edit, submission]) command.clear()
      put(next)
    },
    save,
    submit,
  }
}

/** The draft according to the node; during an upload, its content is that file. */
function heldReport(draft: DraftView, isUploadOpen: boolean): Report {
  const held = reportOf(draft)
  return isUploadOpen ? { ...held, kind: 'file' } : held
}

/** A submission needs the file, all choices, and a gate that does not refuse. */
function maySubmit(
  report: Report,
  draft: DraftView | null,
  { verdict }: LiveVerdict,
  isUploadOpen: boolean,
): Can {
  const open = stillToChoose(report, verdict)
  if (open.length > 0 || verdict === undefined) return refuse('invalid_input', [], open[0] ?? 'partner')
  const [first, ...rest] = refusalsOfChoices(verdict.refusals, open)
  if (first !== undefined) return { refused: true, reasons: [first, ...rest] }
  const lacksFile = report.kind === 'file' && (report.file !== null || (draft?.file ?? null) === null)
  if (isUploadOpen || lacksFile) return refuse('content_missing')
  // Saving returns the draft to writing, so `wrong_state` does not count.
  const can = draft?.can.submit ?? true
  return can !== true && can.reasons[0].code === 'wrong_state' ? true : can
}
