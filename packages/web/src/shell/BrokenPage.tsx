/** A page that could not be drawn: says what happened, what was kept, and what to do. */
import { Button } from '@mantine/core'
import { useText } from '../i18n/index.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'

export function BrokenPage() {
  const t = useText('shell')
  return (
    <PageFrame title={t('brokenTitle')}>
      <EmptyState step={<Button onClick={() => location.reload()}>{t('again')}</Button>}>
        {t('brokenText')}
      </EmptyState>
    </PageFrame>
  )
}
