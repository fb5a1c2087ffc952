/** Gives an assurance before provision: for an organisation of ours, markings and purposes, until a date. */
import { NativeSelect, TextInput } from '@mantine/core'
import { drafts } from '#api/exchange/drafts.ts'
import { assurances } from '#api/exchange/assurances.ts'
import { purposes as purposeWords } from '#words/pillars.ts'
import { nameIn, useLanguage, useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { useRoute } from '../../core/queries.ts'
import { TicksField } from '../../ui/fields.tsx'
import { useRouteForm } from '../../ui/form.ts'
import { endOfDay } from '../../ui/moment.ts'
import { CommandDialog } from '../../ui/CommandDialog.tsx'
import { useOrganisations } from '../../law/organisations.ts'
import { exchangeWords } from '../words.ts'
import { assuranceWords } from './words.ts'
import { useOwnNation, usePartnerChoices } from '../../core/nations.ts'
import layout from '../../ui/Layout.module.css'
import classes from './Assurances.module.css'

export function GiveAssuranceForm({ onClose }: { readonly onClose: () => void }) {
  const t = useText(assuranceWords, exchangeWords)
  const purposeName = useNames(purposeWords)
  const [language] = useLanguage()
  const own = useOwnNation()
  const partners = usePartnerChoices() ?? []
  const form = useRouteForm(assurances.give, {
    initial: {
      partner: partners[0]?.value ?? '',
      organisation: '',
      markings: [] as string[],
      purposes: [] as string[],
      until: '',
    },
    input: ({ until, ...values }) => ({ ...values, until: endOfDay(until) }),
  })
  const { partner } = form.values
  const choices = useRoute(drafts.choices, { partner }, { enabled: partner !== '' })
  const ours = useOrganisations(choices.data?.instrument ?? null).filter(
    (organisation) => organisation.nation === own,
  )
  const choosePartner = (change: unknown): void => {
    form.field('partner').onChange(change)
    form.set({ organisation: '', markings: [], purposes: [] })
  }
  const give = async (): Promise<void> => {
    if ((await form.submit()) !== null) onClose()
  }
  return (
    <CommandDialog
      title={t('giveTitle')}
      lead={t('giveLead')}
      word={t('give')}
      signs="assurance.give"
      isRunning={form.command.isRunning}
      refusal={form.refusal}
      onPress={() => void give()}
      onClose={onClose}
    >
      <NativeSelect
        {...form.field('partner')}
        label={t('partner')}
        onChange={choosePartner}
        data={[...partners]}
      />
      {choices.data?.instrument === null && <p className={layout.quiet}>{t('noneInForce')}</p>}
      <NativeSelect
        {...form.field('organisation')}
        label={t('ourOrganisation')}
        data={[
          { value: '', label: t('choose') },
          ...ours.map((organisation) => ({
            value: organisation.id,
            label: nameIn(organisation.names, language),
          })),
        ]}
      />
      <TicksField
        {...form.field('markings')}
        label={t('markings')}
        className={classes.ticks}
        choices={(choices.data?.markings ?? []).map(({ marking }) => ({ value: marking, label: marking }))}
      />
      <TicksField
        {...form.field('purposes')}
        label={t('purposes')}
        className={classes.ticks}
        choices={(choices.data?.purposes ?? [])
          .filter((choice) => choice.permitted)
          .map(({ id }) => ({ value: id, label: purposeName(id) }))}
      />
      <TextInput {...form.field('until')} type="date" label={t('until')} />
    </CommandDialog>
  )
}
