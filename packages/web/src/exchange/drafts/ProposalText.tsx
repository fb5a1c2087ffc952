/** The text that is signed, as a table and verbatim, beside its digest, which the browser recomputes. */
import type { DraftView } from '#api/exchange/shapes.ts'
import { proposalFields } from '#words/exchange/states.ts'
import { categories, purposes } from '#words/pillars.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { instrumentName } from '../../ui/citation.ts'
import { Icon } from '../../ui/icons.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { useOrganisationName } from '../../law/organisations.ts'
import { exchangeWords } from '../words.ts'
import { draftWords } from './words.ts'
import { useNationName } from '../../core/nations.ts'
import layout from '../../ui/Layout.module.css'

interface Props {
  readonly draft: DraftView
  readonly holds: boolean | null
}

export function ProposalText({ draft, holds }: Props) {
  const t = useText(draftWords, exchangeWords)
  const { proposal, proposalDigest } = draft
  if (proposal === null || proposalDigest === null) return <p className={layout.quiet}>{t('proposalNone')}</p>
  return (
    <div className={layout.form}>
      <p className={layout.quiet}>{t('proposalLead')}</p>
      <ReadableText text={proposal} />
      <div>
        <span className={layout.label}>{t('digest')}</span>
        <code className={layout.digest}>{proposalDigest}</code>
        <div role="status">
          {holds !== null && (
            <p className={holds ? layout.held : layout.broken}>
              <span>
                <Icon name={holds ? 'tick' : 'stop'} sizePx={16} />{' '}
                {t(holds ? 'digestHolds' : 'digestBroken')}
              </span>
            </p>
          )}
        </div>
      </div>
      <details>
        <summary>{t('exactText')}</summary>
        <pre className={layout.exact} tabIndex={0}>
          {proposal}
        </pre>
      </details>
    </div>
  )
}

/** Every field of the text, so that people read all that they sign. */
function ReadableText({ text }: { readonly text: string }) {
  const t = useText(draftWords, exchangeWords)
  const fieldName = useNames(proposalFields)
  const categoryName = useNames(categories)
  const purposeName = useNames(purposes)
  const nationName = useNationName()
  const fields = JSON.parse(text) as Record<string, unknown>
  const { instrument } = fields
  const organisationName = useOrganisationName(typeof instrument === 'string' ? instrument : '')
  const beside = (own: string, code: string): string => (own === code ? code : `${own} (${code})`)
  const part = (name: string, value: unknown): string => {
    const code = String(value)
    switch (name) {
      case 'category':
        return beside(categoryName(code), code)
      case 'purpose':
        return beside(purposeName(code), code)
      case 'originator':
      case 'nation':
        return beside(nationName(code), code)
      case 'organisation':
        return beside(organisationName(code), code)
      case 'instrument':
        return beside(instrumentName(code), code)
      case 'sizeBytes':
        return `${code} B`
      default:
        return code
    }
  }
  const shown = (name: string, value: unknown): string => {
    if (Array.isArray(value)) return value.length === 0 ? t('nothingDerived') : value.join(', ')
    if (typeof value !== 'object' || value === null) return part(name, value)
    return Object.entries(value)
      .map((entry) => part(...entry))
      .join(', ')
  }
  return (
    <FactList facts={Object.entries(fields).map(([name, value]) => [fieldName(name), shown(name, value)])} />
  )
}
