/** The two logs as rows of cells, newest in the middle; a cell is an entry with its state. */
import { links } from '#api/links.ts'
import type { LinkView } from '#api/links.ts'
import type { ReplyOf } from '#api/route.ts'
import { useNationName } from '../core/nations.ts'
import { useText } from '../core/texts.ts'
import { useRoute } from '../core/queries.ts'
import { Moment } from '../ui/Moment.tsx'
import { useEntryName } from './entryName.ts'
import { linkWords } from './words.ts'
import classes from './Tapes.module.css'

type Entry = ReplyOf<typeof links.listEntries>['rows'][number]
type Direction = Entry['direction']

/** The number of newest entries shown for a log. */
const CELL_COUNT = 16

export function Tapes({ link }: { readonly link: LinkView }) {
  const t = useText(linkWords)
  return (
    <div className={classes.tapes}>
      <TapeView link={link} direction="ours" />
      <TapeView link={link} direction="theirs" />
      <p className={classes.order}>{t('tapeOrder')}</p>
    </div>
  )
}

function TapeView({ link, direction }: { readonly link: LinkView; readonly direction: Direction }) {
  const t = useText(linkWords)
  const nationName = useNationName()
  const entries = useRoute(links.listEntries, { partner: link.partner, direction, limit: CELL_COUNT })
  const nation = nationName(link.partner)
  const tape = direction === 'ours' ? link.ours : link.theirs
  return (
    <section className={classes.tape} data-direction={direction} aria-label={t(direction, { nation })}>
      <h3>{t(direction, { nation })}</h3>
      <Cells entries={entries.data?.rows ?? []} size={tape.size} />
      <dl className={classes.numbers}>
        <dt>{t('size')}</dt>
        <dd>{t('entriesCount', { count: tape.size })}</dd>
        <dt>{t('checkpoint')}</dt>
        <dd>
          {tape.cosignedSize === 0 ? t('noCheckpoint') : t('checkpointUpTo', { size: tape.cosignedSize })}
          {tape.cosignedAt !== null && (
            <>
              {' '}
              <Moment at={tape.cosignedAt} />
            </>
          )}
        </dd>
        {direction === 'ours' ? (
          <>
            <dt>{t('pending')}</dt>
            <dd>{tape.pending}</dd>
          </>
        ) : (
          <>
            <dt>{t('applied')}</dt>
            <dd>{tape.applied ?? 0}</dd>
          </>
        )}
        <dt>{t('root')}</dt>
        <dd className="exact">{tape.root ?? t('none')}</dd>
        <dt>{t('origin')}</dt>
        <dd className="exact">{tape.origin === '' ? t('none') : tape.origin}</dd>
      </dl>
    </section>
  )
}

/** Hidden from screen readers, because the numbers below and the table of entries say the same. */
function Cells({ entries, size }: { readonly entries: readonly Entry[]; readonly size: number }) {
  const name = useEntryName()
  return (
    <div className={classes.cells} aria-hidden="true">
      {size > entries.length && <span className={classes.earlier}>{size - entries.length}</span>}
      {entries.toReversed().map((entry) => (
        <span
          key={entry.statement === '' ? entry.index : entry.statement}
          className={classes.cell}
          data-state={entry.state}
          title={`${entry.index} ${name(entry.kind)} ${entry.reference ?? ''}`}
        >
          {entry.index}
        </span>
      ))}
    </div>
  )
}
