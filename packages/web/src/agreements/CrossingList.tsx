/** What may cross on the chosen day, part by part, as the slices of the terms show it. */
import { useLanguage } from '../core/language.ts'
import { textIn, useText } from '../core/texts.ts'
import { categoriesIn, fieldsOf } from '../law/termFields.ts'
import type { Term } from '../law/heldAgreements.ts'
import { CROSSINGS } from '../slices.ts'
import { Citations } from '../ui/CitationLink.tsx'
import { agreementWords } from './words.ts'
import classes from './Agreements.module.css'

interface Props {
  readonly instrument: string
  readonly terms: readonly Term[]
  readonly isInForce: boolean
}

export function CrossingList({ instrument, terms, isInForce }: Props) {
  const t = useText(agreementWords)
  const [language] = useLanguage()
  if (!isInForce) return <p className={classes.nothing}>{t('crossingNone')}</p>
  if (categoriesIn(terms).length === 0) return <p className={classes.nothing}>{t('crossingUnstated')}</p>
  return (
    <div className={classes.crossing}>
      {CROSSINGS.map(({ kind, title, show }) => {
        const saying = terms.filter((term) => term.kind === kind)
        const shown = show(saying.map(fieldsOf))
        if (shown === null) return null
        const articles = saying.flatMap((term) => term.articles)
        const name = textIn(title, language)
        return (
          <section key={name} className={classes.part}>
            <h3>
              {name} <Citations of={articles.map((article) => ({ instrument, article }))} />
            </h3>
            {shown}
          </section>
        )
      })}
    </div>
  )
}
