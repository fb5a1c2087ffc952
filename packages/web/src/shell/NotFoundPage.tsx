/** Shown for an unknown address. */
import { useText } from '../core/texts.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PageLink } from '../ui/PageLink.tsx'
import { shellWords } from './words.ts'
import { HOME } from '../core/paths.ts'

export function NotFoundPage() {
  const t = useText(shellWords)
  return (
    <PageFrame title={t('lostTitle')}>
      <EmptyState step={<PageLink to={HOME}>{t('toDesk')}</PageLink>}>{t('lostText')}</EmptyState>
    </PageFrame>
  )
}
