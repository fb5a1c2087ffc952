/** The links as cards: state, sizes of both logs, unanswered matters. */
import { links } from '#api/links.ts'
import type { LinkView } from '#api/links.ts'
import { useNationName } from '../core/nations.ts'
import { useText } from '../core/texts.ts'
import { refusalOf, useRoute } from '../core/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FactList } from '../ui/FactList.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PageLink } from '../ui/PageLink.tsx'
import { LinkFacts } from './LinkFacts.tsx'
import { LinkState } from './LinkState.tsx'
import { linkWords } from './words.ts'
import { paths } from './slice.ts'
import classes from './Links.module.css'

export function Page() {
  const t = useText(linkWords)
  const reply = useRoute(links.list, {})
  const rows = reply.data?.rows ?? []
  const frozen = rows.filter((link) => link.state === 'frozen').length
  const open = rows.filter((link) => link.state === 'open').length
  return (
    <PageFrame
      title={t('title')}
      needs={
        reply.data === undefined
          ? undefined
          : frozen > 0
            ? t('leadFrozen', { count: frozen })
            : t('leadOpen', { count: open })
      }
      failure={refusalOf(reply.error)}
      isLoading={reply.data === undefined}
    >
      {rows.length === 0 ? (
        <EmptyState>{t('empty')}</EmptyState>
      ) : (
        <ul className={classes.cards}>
          {rows.map((link) => (
            <LinkCard key={link.partner} link={link} />
          ))}
        </ul>
      )}
    </PageFrame>
  )
}

function LinkCard({ link }: { readonly link: LinkView }) {
  const t = useText(linkWords)
  const nationName = useNationName()
  return (
    <li className={classes.card} data-state={link.state}>
      <div className={classes.cardHead}>
        <PageLink to={paths.link(link.partner)} className={classes.cardTitle}>
          {nationName(link.partner)}
        </PageLink>
        <LinkState state={link.state} />
      </div>
      <FactList
        isInline
        facts={[
          [
            t('oursShort'),
            <>
              {t('entriesCount', { count: link.ours.size })}
              {link.ours.pending > 0 && ` · ${t('pending')} ${link.ours.pending}`}
            </>,
          ],
          [
            t('theirsShort'),
            <>
              {t('entriesCount', { count: link.theirs.size })}
              {link.theirs.applied !== null && ` · ${t('applied')} ${link.theirs.applied}`}
            </>,
          ],
        ]}
      />
      <LinkFacts link={link} />
    </li>
  )
}
