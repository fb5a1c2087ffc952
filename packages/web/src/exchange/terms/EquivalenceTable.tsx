/** Markings exactly as their nation writes them, and their equivalents. The relation is directed. */
import { useNationName } from '../../core/nations.ts'
import { useText } from '../../core/texts.ts'
import { termWords } from './words.ts'
import classes from './Terms.module.css'

export interface EquivalenceRow {
  readonly from: string
  readonly marking: string
  readonly to: string
  /** If there are several, the releasing person chooses. */
  readonly markings: readonly string[]
}

/**
 * The language of a marking, by its script. The markings here are only named, so the banner does not count
 * them.
 */
function languageOf(marking: string): string {
  if (/\p{Script=Hangul}/u.test(marking)) return 'ko'
  return /\p{Script=Han}/u.test(marking) ? 'ja' : 'en'
}

export function EquivalenceTable({ of }: { readonly of: readonly EquivalenceRow[] }) {
  const t = useText(termWords)
  const nationName = useNationName()
  return (
    <table className={classes.equivalence}>
      <thead>
        <tr>
          <th scope="col">{t('from')}</th>
          <th scope="col">{t('marking')}</th>
          <th scope="col">{t('to')}</th>
          <th scope="col">{t('bears')}</th>
        </tr>
      </thead>
      <tbody>
        {of.map((row) => (
          <tr key={`${row.from} ${row.marking} ${row.to}`}>
            <td>{nationName(row.from)}</td>
            <th scope="row" lang={languageOf(row.marking)}>
              {row.marking}
            </th>
            <td>{nationName(row.to)}</td>
            <td>
              {row.markings.map((marking) => (
                <span key={marking} lang={languageOf(marking)} className={classes.markingWord}>
                  {marking}
                </span>
              ))}
              {row.markings.length > 1 && <span className={classes.quiet}>({t('choice')})</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
