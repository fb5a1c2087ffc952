/** The upload of a draft's file: progress, stop, retry. It continues while other pages are shown. */
import { Button } from '@mantine/core'
import { useText } from '../../core/texts.ts'
import { RefusalNotice } from '../../ui/RefusalNotice.tsx'
import { WorkProgress } from '../../ui/WorkProgress.tsx'
import { forgetUpload, startUpload, stopUpload, useUpload } from './uploads.ts'
import { draftWords } from './words.ts'
import layout from '../../ui/Layout.module.css'

export function UploadPanel({ draft }: { readonly draft: string }) {
  const t = useText(draftWords)
  const upload = useUpload(draft)
  if (upload === null) return null
  if (upload.state === 'running') {
    return (
      <WorkProgress
        label={t('uploading', { name: upload.file.name })}
        doneBytes={upload.sentBytes}
        totalBytes={upload.totalBytes}
        onStop={() => stopUpload(draft)}
      />
    )
  }
  return (
    <div className={layout.form} role="alert">
      <p className={layout.alarm}>{t(upload.state === 'stopped' ? 'uploadStopped' : 'uploadFailed')}</p>
      {upload.refusal !== null && <RefusalNotice refusal={upload.refusal} />}
      <div className={layout.row}>
        <Button variant="filled" onClick={() => void startUpload(draft, upload.file)}>
          {t('uploadAgain')}
        </Button>
        <Button onClick={() => forgetUpload(draft)}>{t('uploadForget')}</Button>
      </div>
    </div>
  )
}
