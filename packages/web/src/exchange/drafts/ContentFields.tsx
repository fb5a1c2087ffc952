/** The content of a report: its title, and a text or a file. */
import { SegmentedControl, TextInput, Textarea } from '@mantine/core'
import { useId } from 'react'
import type { DraftView } from '#api/exchange/shapes.ts'
import { useText } from '../../core/texts.ts'
import { FileField } from './FileField.tsx'
import { TEXT_LENGTH_MAX, TITLE_LENGTH_MAX } from './report.ts'
import type { Report } from './report.ts'
import { exchangeWords } from '../words.ts'
import { draftWords } from './words.ts'
import layout from '../../ui/Layout.module.css'

interface Props {
  readonly report: Report
  readonly onChange: (next: Report) => void
  /** The file that the draft already has. */
  readonly kept: DraftView['file']
  /** The errors of fields, in words, by name. */
  readonly wrong: Readonly<Record<string, string>>
}

export function ContentFields({ report, onChange, kept, wrong }: Props) {
  const t = useText(draftWords, exchangeWords)
  const kindId = useId()
  const put = (changes: Partial<Report>): void => onChange({ ...report, ...changes })
  return (
    <div className={layout.form}>
      <TextInput
        name="title"
        error={wrong['title']}
        label={t('titleField')}
        description={t('titleHelp')}
        required
        maxLength={TITLE_LENGTH_MAX}
        value={report.title}
        onChange={(event) => put({ title: event.currentTarget.value })}
      />
      <div>
        <span id={kindId} className={layout.label}>
          {t('contentKind')}
        </span>
        <div>
          <SegmentedControl
            aria-labelledby={kindId}
            value={report.kind}
            onChange={(kind) => put({ kind: kind === 'file' ? 'file' : 'text' })}
            data={[
              { value: 'text', label: t('asText') },
              { value: 'file', label: t('asFile') },
            ]}
          />
        </div>
      </div>
      {report.kind === 'text' ? (
        <Textarea
          name="text"
          error={wrong['text']}
          label={t('textField')}
          minRows={9}
          maxRows={24}
          maxLength={TEXT_LENGTH_MAX}
          value={report.text}
          onChange={(event) => put({ text: event.currentTarget.value })}
        />
      ) : (
        <FileField file={report.file} kept={kept} onChoose={(file) => put({ file })} />
      )}
    </div>
  )
}
