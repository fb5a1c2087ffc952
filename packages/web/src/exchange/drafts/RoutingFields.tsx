/** The routing of a report: partner, organisation, markings, category, purpose, sources. */
import { NativeSelect, TextInput } from '@mantine/core'
import { drafts } from '#api/exchange/drafts.ts'
import { categories, purposes } from '#words/pillars.ts'
import { nameIn, useLanguage, useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { useRoute } from '../../core/queries.ts'
import type { Needed, Report } from './report.ts'
import { exchangeWords } from '../words.ts'
import { draftWords } from './words.ts'
import { usePartnerChoices } from '../../core/nations.ts'
import classes from './Drafts.module.css'

interface Props {
  readonly report: Report
  readonly onChange: (next: Report) => void
  /** True if the draft has a control number, which names the partner. */
  readonly isPartnerFixed: boolean
  /** The errors of fields, in words, by name. */
  readonly wrong: Readonly<Record<string, string>>
}

/** Help and errors are above the field, so that the fields of a row are aligned. */
const WORDS_FIRST: ('label' | 'description' | 'error' | 'input')[] = [
  'label',
  'description',
  'error',
  'input',
]

export function RoutingFields({ report, onChange, isPartnerFixed, wrong }: Props) {
  const t = useText(draftWords, exchangeWords)
  const [language] = useLanguage()
  const categoryName = useNames(categories)
  const purposeName = useNames(purposes)
  const partners = usePartnerChoices()
  const { partner } = report
  const { data } = useRoute(drafts.choices, { partner }, { enabled: partner !== '' })
  const put = (changes: Partial<Report>): void => onChange({ ...report, ...changes })
  const blank = { value: '', label: t('choose') }
  const need = (field: Needed) => ({
    name: field,
    inputWrapperOrder: WORDS_FIRST,
    error: wrong[field],
  })
  const possible = data?.markings.find((choice) => choice.marking === report.marking)?.receiverMarkings ?? []
  const covered = (id: string, name: string, isCovered: boolean) => ({
    value: id,
    label: isCovered ? name : t('notCovered', { name }),
  })
  return (
    <div className={classes.fields}>
      <NativeSelect
        {...need('partner')}
        label={t('partner')}
        required
        disabled={isPartnerFixed}
        description={partners?.length === 0 ? t('partnerNone') : undefined}
        value={partner}
        onChange={(event) =>
          put({ partner: event.currentTarget.value, organisation: '', marking: '', receiverMarking: '' })
        }
        data={[blank, ...(partners ?? [])]}
      />
      <NativeSelect
        {...need('organisation')}
        label={t('organisation')}
        value={report.organisation}
        onChange={(event) => put({ organisation: event.currentTarget.value })}
        data={[
          blank,
          ...(data?.organisations ?? []).map(({ id, name }) => ({
            value: id,
            label: nameIn(name, language),
          })),
        ]}
      />
      <NativeSelect
        {...need('marking')}
        label={t('marking')}
        value={report.marking}
        onChange={(event) => put({ marking: event.currentTarget.value, receiverMarking: '' })}
        data={[
          blank,
          ...(data?.markings ?? []).map(({ marking, receiverMarkings }) => ({
            value: marking,
            label: receiverMarkings.length === 0 ? t('noEquivalent', { marking }) : marking,
          })),
        ]}
      />
      {possible.length > 1 && (
        <NativeSelect
          {...need('receiverMarking')}
          label={t('receiverMarking')}
          description={t('receiverMarkingHelp')}
          value={report.receiverMarking}
          onChange={(event) => put({ receiverMarking: event.currentTarget.value })}
          data={[blank, ...possible]}
        />
      )}
      <NativeSelect
        {...need('category')}
        label={t('category')}
        value={report.category}
        onChange={(event) => put({ category: event.currentTarget.value })}
        data={[
          blank,
          ...(data?.categories ?? []).map((choice) =>
            covered(choice.id, categoryName(choice.id), choice.permitted),
          ),
        ]}
      />
      <NativeSelect
        {...need('purpose')}
        label={t('purpose')}
        value={report.purpose}
        onChange={(event) => put({ purpose: event.currentTarget.value })}
        data={[
          blank,
          ...(data?.purposes ?? []).map((choice) =>
            covered(choice.id, purposeName(choice.id), choice.permitted),
          ),
        ]}
      />
      <TextInput
        name="derivedFrom"
        error={wrong['derivedFrom']}
        className={classes.wide ?? ''}
        label={t('derivedFrom')}
        description={t('derivedHelp')}
        maxLength={600}
        value={report.derivedFrom}
        onChange={(event) => put({ derivedFrom: event.currentTarget.value })}
      />
    </div>
  )
}
