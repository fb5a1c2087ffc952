/** The article in the address, beside the page: in the reader's language, next to the authentic text. */
import { Drawer } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { agreements } from '#api/agreements.ts'
import type { Citation } from '#api/refusals.ts'
import type { ReplyOf } from '#api/route.ts'
import { rules, wordsOf } from '#words/pillars.ts'
import { LANGUAGE_NAMES, useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import type { Language } from '#words/word.ts'
import { refusalOf, useRoute } from '../core/queries.ts'
import { useCitationName } from '../ui/CitationLink.tsx'
import { PageLink } from '../ui/PageLink.tsx'
import { PageSkeleton } from '../ui/PageSkeleton.tsx'
import { RefusalNotice } from '../ui/RefusalNotice.tsx'
import { useAddressQuery } from '../ui/address.ts'
import { ENTENTE, NATIONAL, articleNumber, parseCitation } from '../ui/citation.ts'
import { uiWords } from '../ui/words.ts'
import { paths } from './slice.ts'
import classes from '../ui/Citation.module.css'

type Text = ReplyOf<typeof agreements.get>['texts'][number]

export function Part() {
  const t = useText(uiWords)
  const nameOf = useCitationName()
  const query = useAddressQuery()
  const citation = parseCitation(query.get('article'))
  return (
    <Drawer
      opened={citation !== null}
      onClose={() => query.set({ article: '' })}
      position="right"
      size="lg"
      title={citation === null ? '' : nameOf(citation)}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {citation !== null &&
        (citation.instrument === NATIONAL || citation.instrument === ENTENTE ? (
          <Rule of={citation} />
        ) : (
          <Article citation={citation} />
        ))}
    </Drawer>
  )
}

/** The text of a national rule, or a rule of the software in plain words. */
function Rule({ of }: { readonly of: Citation }) {
  const t = useText(uiWords)
  const [language] = useLanguage()
  const words = wordsOf(rules, of.article)
  return (
    <div className={classes.text}>
      {words !== null && <p>{words[language]}</p>}
      <p>{t(of.instrument === NATIONAL ? 'nationalRuleText' : 'ententeRuleText')}</p>
    </div>
  )
}

function Article({ citation }: { readonly citation: Citation }) {
  const t = useText(uiWords)
  const [language] = useLanguage()
  const reply = useRoute(agreements.get, { instrument: citation.instrument })
  const refusal = refusalOf(reply.error)
  if (refusal !== null) return <RefusalNotice refusal={refusal} />
  if (reply.data === undefined) return <PageSkeleton />
  return (
    <div className={classes.text}>
      {beside(reply.data.texts, language).map((text) => (
        <TextColumn key={text.language} text={text} article={citation.article} />
      ))}
      <PageLink to={paths.agreement(citation.instrument, { at: citation.article })}>
        {t('wholeAgreement')}
      </PageLink>
    </div>
  )
}

/** The text in the reader's language, then the authentic texts; if none is authentic, the official ones. */
function beside(texts: readonly Text[], language: Language): readonly Text[] {
  const own = texts.filter((text) => text.language === language)
  const authentic = texts.filter((text) => text.authentic && text.language !== language)
  const official = texts.filter((text) => text.official && !text.authentic && text.language !== language)
  const others = authentic.length > 0 ? authentic : official
  const chosen = [...own, ...others]
  return chosen.length > 0 ? chosen : texts.slice(0, 1)
}

function TextColumn({ text, article }: { readonly text: Text; readonly article: string }) {
  const t = useText(uiWords)
  const cited = useRef<HTMLParagraphElement>(null)
  const found = text.articles.find((candidate) => candidate.number === articleNumber(article))
  useEffect(() => {
    // Newer browsers return a promise, which React would call as a clean-up.
    cited.current?.scrollIntoView({ block: 'nearest' })
  }, [article])
  const key = text.authentic ? 'authenticText' : text.official ? 'officialText' : 'renderedText'
  const language = LANGUAGE_NAMES[text.language as Language] ?? text.language
  return (
    <section className={classes.column} lang={text.language}>
      <h3>{t(key, { language })}</h3>
      {found === undefined ? (
        <p>{t('articleMissing')}</p>
      ) : (
        <>
          <h4>
            {found.number} {found.heading}
          </h4>
          {found.paragraphs.map((paragraph) => {
            const isCited = paragraph.address === article
            return (
              <p
                key={paragraph.address}
                ref={isCited ? cited : undefined}
                className={isCited ? classes.cited : undefined}
                aria-current={isCited ? 'location' : undefined}
              >
                {paragraph.text}
              </p>
            )
          })}
        </>
      )}
    </section>
  )
}
