/** Drafts that are not released yet, one per row. */
import type { DraftRow } from '#api/exchange/shapes.ts'
import { draftStates } from '#words/exchange/states.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { draftWords } from './words.ts'
import { paths } from '../slice.ts'
import layout from '../../ui/Layout.module.css'

export function DraftList({ of }: { readonly of: readonly DraftRow[] }) {
  const t = useText(draftWords)
  const stateName = useNames(draftStates)
  if (of.length === 0) return <EmptyState>{t('draftsEmpty')}</EmptyState>
  return (
    <ul className={layout.lines}>
      {of.map((draft) => (
        <li key={draft.id}>
          <PageLink to={paths.draft(draft.id)}>{draft.control ?? draft.title ?? t('untitled')}</PageLink>
          {draft.control !== null && <span>{draft.title ?? t('untitled')}</span>}
          <span className={layout.quiet}>{stateName(draft.state)}</span>
          <Moment at={draft.updatedAt} relative />
        </li>
      ))}
    </ul>
  )
}
