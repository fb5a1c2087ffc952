/** The exact text that is signed, in readable form and as it is, beside its digest, which is computed again here. */
import type { DraftView } from '#api/exchange/shapes.ts'
import { exchange as english } from '../i18n/en/exchange.ts'
import { useText } from '../i18n/index.ts'
import type { TextKey } from '../i18n/texts.ts'
import { useNationName } from '../shell/nationName.ts'
import { instrumentName } from '../ui/citation.ts'
import { Icon } from '../ui/icons.tsx'
import { FactList } from './FactList.tsx'
import { useOrganisationName } from './organisations.ts'
import { useWords } from './words.ts'
import classes from './Exchange.module.css'

interface Props {
  readonly draft: DraftView
  readonly holds: boolean | null
}

export function ProposalText({ draft, holds }: Props) {
  const t = useText('exchange')
  const { proposal, proposalDigest } = draft
  if (proposal === null || proposalDigest === null)
    return <p className={classes.quiet}>{t('proposalNone')}</p>
  return (
    <div className={classes.form}>
      <p className={classes.quiet}>{t('proposalLead')}</p>
      <ReadableText text={proposal} />
      <div>
        <span className={classes.label}>{t('digest')}</span>
        <code className={classes.digest}>{proposalDigest}</code>
        <div role="status">
          {holds !== null && (
            <p className={holds ? classes.held : classes.broken}>
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
        <pre className={classes.exact} tabIndex={0}>
          {proposal}
        </pre>
      </details>
    </div>
  )
}

/** Every field of the text, none left out: what is signed is what is read. */
function ReadableText({ text }: { readonly text: string }) {
  const t = useText('exchange')
  const word = useWords()
  const named = (name: string): string => {
    const key = `p_${name}`
    return Object.hasOwn(english, key) ? t(key as TextKey<'exchange'>) : name
  }
  const nationName = useNationName()
  const fields = JSON.parse(text) as Record<string, unknown>
  const { instrument } = fields
  const organisationName = useOrganisationName(typeof instrument === 'string' ? instrument : '')
  const beside = (own: string, code: string): string => (own === code ? code : `${own} (${code})`)
  const part = (name: string, value: unknown): string => {
    const code = String(value)
    switch (name) {
      case 'category':
      case 'purpose':
        return beside(word(name, code), code)
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
      .map((each) => part(...each))
      .join(', ')
  }
  return <FactList facts={Object.entries(fields).map(([name, value]) => [named(name), shown(name, value)])} />
}
