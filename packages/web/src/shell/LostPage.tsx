/** An address that leads nowhere. */
import { useText } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PageLink } from '../ui/PageLink.tsx'

export function LostPage() {
  const t = useText('shell')
  return (
    <PageFrame title={t('lostTitle')}>
      <EmptyState step={<PageLink to={paths.desk()}>{t('toDesk')}</PageLink>}>{t('lostText')}</EmptyState>
    </PageFrame>
  )
}
