/**
 * The editor of a report: the form on the left, the gate's answer on the right; saves, uploads and submits.
 */
import { Button } from '@mantine/core'
import { useEffect, useId, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import type { DraftView } from '#api/exchange/shapes.ts'
import { useText } from '../../core/texts.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Form } from '../../ui/Form.tsx'
import { RefusalNotice } from '../../ui/RefusalNotice.tsx'
import { faultOf } from '../../ui/fault.ts'
import { useFaultText } from '../../ui/form.ts'
import { Section } from '../../ui/Section.tsx'
import { ContentFields } from './ContentFields.tsx'
import { RoutingFields } from './RoutingFields.tsx'
import { UploadPanel } from './UploadPanel.tsx'
import { VerdictPanel } from './VerdictPanel.tsx'
import { useReport } from './editing.ts'
import type { Editing } from './editing.ts'
import { useMissingFields } from './missingFields.ts'
import type { MissingFields } from './missingFields.ts'
import { exchangeWords } from '../words.ts'
import { draftWords } from './words.ts'
import { useOwnNation } from '../../core/nations.ts'
import layout from '../../ui/Layout.module.css'
import classes from './Drafts.module.css'

interface Props {
  /** Null while the report is new. */
  readonly draft: DraftView | null
  readonly preset?: { readonly partner: string; readonly derivedFrom: string }
  /** Further buttons, beside those that save and submit. */
  readonly further?: ReactNode
}

export function ReportEditor({ draft, preset, further }: Props) {
  const t = useText(draftWords, exchangeWords)
  const form = useRef<HTMLFormElement>(null)
  const own = useOwnNation()
  const editing = useReport(draft, preset ?? { partner: '', derivedFrom: '' })
  const { report, live } = editing
  const lacksId = useId()
  const fields = editing.open.map((field) => t(field)).join(', ')
  const lacks = report.partner === '' ? t('verdictIncomplete') : t('verdictStillNeeds', { fields })
  const missing = useMissingFields(form, report, editing.open)
  const wrong = useWrong(form, editing, missing)
  const refusal = editing.answer ?? live.refusal
  const save = (): void => {
    if (missing.hasAllFor('save')) void editing.save()
  }
  const submit = (): void => {
    if (missing.hasAllFor('submit')) void editing.submit()
  }
  return (
    <Form formRef={form} className={classes.compose} onSubmit={save} refusal={null}>
      <Section title={t('routing')}>
        <RoutingFields
          report={report}
          onChange={editing.put}
          isPartnerFixed={(draft?.control ?? null) !== null}
          wrong={wrong}
        />
      </Section>
      {/* On a narrow screen the answer is below the form. */}
      <VerdictPanel
        verdict={live.verdict}
        isAsking={live.isAsking}
        originator={own}
        marking={report.marking}
        control={draft?.control ?? ''}
        open={editing.open}
      />
      <div className={layout.stack}>
        <Section title={t('report')}>
          <ContentFields report={report} onChange={editing.put} kept={draft?.file ?? null} wrong={wrong} />
          {draft !== null && <UploadPanel draft={draft.id} />}
        </Section>
        {refusal !== null && <RefusalNotice refusal={refusal} isAnswer />}
        <div className={layout.row}>
          <Button type="submit" loading={editing.isSaving}>
            {t(report.file !== null && report.kind === 'file' ? 'saveAndUpload' : 'saveDraft')}
          </Button>
          {editing.open.length > 0 ? (
            <Button
              aria-disabled="true"
              className={layout.unable ?? ''}
              title={lacks}
              aria-describedby={lacksId}
              onClick={submit}
            >
              {t('submit')}
              <span id={lacksId} hidden>
                {lacks}
              </span>
            </Button>
          ) : (
            <ActionButton can={editing.canSubmit} onPress={submit} primary isRunning={editing.isSubmitting}>
              {t('submit')}
            </ActionButton>
          )}
          {further}
          <span role="status" className={layout.quiet}>
            {editing.isUploading ? t('waitsUpload') : editing.isUnsaved ? t('unsaved') : ''}
          </span>
        </div>
      </div>
    </Form>
  )
}

/** The errors of fields, in words: missing fields, and what the node refused. */
function useWrong(
  form: RefObject<HTMLFormElement | null>,
  { answer, live }: Editing,
  missing: MissingFields,
): Readonly<Record<string, string>> {
  const t = useText(draftWords)
  const faultText = useFaultText()
  const refusal = answer ?? live.refusal
  const told = refusal === null ? null : faultOf(refusal)
  // A refusal that arrives while the reader types does not move the focus.
  const field = answer === null ? undefined : told?.field
  useEffect(() => {
    if (field !== undefined) form.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus()
  }, [form, field, answer])
  return {
    ...(told === null ? {} : { [told.field]: faultText(told.fault) }),
    ...Object.fromEntries(
      missing.fields.map((name) => [name, t(name === 'title' ? 'needsTitle' : 'needsChoice')]),
    ),
  }
}
