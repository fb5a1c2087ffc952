/**
 * The text of an agreement, in one language or two side by side; a paragraph shows the terms that cite it.
 */
import { useMediaQuery } from '@mantine/hooks'
import type { Ref } from 'react'
import { useText } from '../core/texts.ts'
import { Named } from '../ui/Named.tsx'
import type { Term } from '../law/heldAgreements.ts'
import type { AlignedRow, Paragraph, Text } from './anchors.ts'
import { rowsOf, termsAt } from './anchors.ts'
import { ParagraphTerms } from './ParagraphTerms.tsx'
import { languageName, standingOf } from './TextChooser.tsx'
import { agreementWords } from './words.ts'
import classes from './Text.module.css'

export interface TextLinks {
  /** The addresses of the highlighted paragraphs. */
  readonly lit: ReadonlySet<string>
  readonly pinned: string
  onPoint(address: string | null): void
  onTerm(term: string): void
}

interface Props extends TextLinks {
  readonly texts: readonly Text[]
  readonly terms: readonly Term[]
  readonly ref: Ref<HTMLDivElement>
}

export function TextPane({ texts, terms, ref, ...links }: Props) {
  const t = useText(agreementWords)
  return (
    <div
      ref={ref}
      className={classes.pane}
      data-columns={texts.length}
      role="region"
      aria-label={t('text')}
      tabIndex={0}
    >
      <div className={classes.heads}>
        {texts.map((text) => (
          <Standing key={text.language} text={text} />
        ))}
      </div>
      {rowsOf(texts).map((article) => (
        <section key={article.number} className={classes.article}>
          <div className={classes.headings}>
            {article.headings.map((heading, index) => (
              <h3 key={texts[index]?.language} lang={texts[index]?.language}>
                {heading ?? article.number}
              </h3>
            ))}
          </div>
          {article.rows.map((row) => (
            <Row key={row.address} row={row} texts={texts} terms={termsAt(terms, row.address)} {...links} />
          ))}
        </section>
      ))}
    </div>
  )
}

/** Stays visible above its column, so that nobody mistakes a rendering for the treaty. */
function Standing({ text }: { readonly text: Text }) {
  const t = useText(agreementWords)
  const language = languageName(text.language)
  const standing = standingOf(text)
  const key =
    standing === 'authentic'
      ? 'standingAuthentic'
      : standing === 'official'
        ? 'standingOfficial'
        : 'standingRendering'
  return (
    <div className={classes.standing} data-standing={standing}>
      <strong>{t(key, { language })}</strong>
      {text.note !== '' && (
        <details>
          <summary>{t('note')}</summary>
          <p lang={text.language}>{text.note}</p>
        </details>
      )}
    </div>
  )
}

interface RowProps extends TextLinks {
  readonly row: AlignedRow
  readonly texts: readonly Text[]
  readonly terms: readonly Term[]
}

function Row({ row, texts, terms, lit, pinned, onPoint, onTerm }: RowProps) {
  const t = useText(agreementWords)
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const isLit = lit.has(row.address)
  const isFirst = [...lit][0] === row.address
  return (
    <div
      className={classes.row}
      data-address={row.address}
      data-lit={isLit || undefined}
      aria-current={isLit ? 'location' : undefined}
      onPointerEnter={() => onPoint(row.address)}
      onPointerLeave={() => onPoint(null)}
    >
      <div className={classes.cells}>
        {row.cells.map((cell, index) => {
          const text = texts[index]
          if (text === undefined) return null
          return cell === null ? (
            <p key={text.language} className={classes.missing}>
              {t('missingParagraph')}
            </p>
          ) : (
            <Words key={text.language} paragraph={cell} text={text} />
          )
        })}
      </div>
      <ParagraphTerms
        address={row.address}
        terms={terms}
        pinned={pinned}
        isOpen={isPhone && isFirst}
        onTerm={onTerm}
        onPoint={onPoint}
      />
    </div>
  )
}

/** The text of a paragraph, marked as ours or as quoted, with the source of a quotation. */
function Words({ paragraph, text }: { readonly paragraph: Paragraph; readonly text: Text }) {
  const t = useText(agreementWords)
  const isRendering = standingOf(text) === 'rendering'
  const origin = !isRendering ? 'standing' : paragraph.quoted === null ? 'ours' : 'quoted'
  return (
    <div className={classes.words} data-origin={origin}>
      <p lang={text.language}>{paragraph.text}</p>
      {origin === 'ours' && <span className={classes.tag}>{t('ours')}</span>}
      {origin === 'quoted' && (
        <span className={classes.tag}>
          <Named name={t('quotedAuthentic')}>{paragraph.quoted}</Named>
        </span>
      )}
    </div>
  )
}
