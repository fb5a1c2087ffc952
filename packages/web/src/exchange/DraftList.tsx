/** Drafts that are not released yet, one a row. */
import type { DraftView } from '#api/exchange/shapes.ts'
import { useText } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Moment } from '../ui/Moment.tsx'
import { PageLink } from '../ui/PageLink.tsx'
import { useWords } from './words.ts'
import classes from './Exchange.module.css'

export function DraftList({ of }: { readonly of: readonly DraftView[] }) {
  const t = useText('exchange')
  const word = useWords()
  if (of.length === 0) return <EmptyState>{t('draftsEmpty')}</EmptyState>
  return (
    <ul className={classes.lines}>
      {of.map((draft) => (
        <li key={draft.id}>
          <PageLink to={paths.draft(draft.id)}>{draft.control}</PageLink>
          <span>{draft.title ?? t('untitled')}</span>
          <span className={classes.quiet}>{word('draft', draft.state)}</span>
          <Moment at={draft.updatedAt} relative />
        </li>
      ))}
    </ul>
  )
}
