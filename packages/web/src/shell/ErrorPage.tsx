/** Shown if a page fails to render: says what happened, what was kept, and what to do. */
import { Button } from '@mantine/core'
import { useText } from '../core/texts.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { shellWords } from './words.ts'

export function ErrorPage() {
  const t = useText(shellWords)
  return (
    <PageFrame title={t('brokenTitle')}>
      <EmptyState step={<Button onClick={() => location.reload()}>{t('again')}</Button>}>
        {t('brokenText')}
      </EmptyState>
    </PageFrame>
  )
}
