/** Gives an assurance before provision: which of our organisations, for which markings and purposes, until when. */
import { useState } from 'react'
import { agreements } from '#api/agreements.ts'
import { assurances } from '#api/exchange/assurances.ts'
import { isRefusal } from '#api/refusals.ts'
import { purposes as purposeWords } from '#words/pillars.ts'
import { nameIn, useLanguage, useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { useAct, useRoute } from '../../core/queries.ts'
import { SelectField, TextField, TicksField } from '../../ui/fields.tsx'
import { ActDialog } from '../../ui/ActDialog.tsx'
import { useOrganisations } from '../../law/organisations.ts'
import layout from '../../ui/Layout.module.css'
import classes from './Assurances.module.css'
import { exchangeWords } from '../words.ts'
import { assuranceWords } from './words.ts'
import { useOwnNation, usePartnerChoices } from '../../core/nations.ts'

/** The end of a local day, `2027-03-31`, as an instant in UTC. */
function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString()
}

export function GiveAssuranceForm({ onClose }: { readonly onClose: () => void }) {
  const t = useText(assuranceWords, exchangeWords)
  const purposeName = useNames(purposeWords)
  const [language] = useLanguage()
  const own = useOwnNation()
  const partners = usePartnerChoices() ?? []
  const [chosenPartner, setPartner] = useState('')
  const partner = chosenPartner === '' ? (partners[0]?.value ?? '') : chosenPartner
  const choices = useRoute(agreements.choices, { partner }, { enabled: partner !== '' })
  const ours = useOrganisations(choices.data?.instrument ?? null).filter((each) => each.nation === own)
  const [organisation, setOrganisation] = useState('')
  const [markings, setMarkings] = useState<string[]>([])
  const [purposes, setPurposes] = useState<string[]>([])
  const [day, setDay] = useState('')
  const act = useAct(assurances.give)

  const submit = async (): Promise<void> => {
    const reply = await act.run({ partner, organisation, markings, purposes, until: endOfDay(day) })
    if (!isRefusal(reply)) onClose()
  }
  const lacking = [
    ...(markings.length === 0 ? ['markings'] : []),
    ...(purposes.length === 0 ? ['purposes'] : []),
  ]
  const instrument = choices.data?.instrument
  return (
    <ActDialog
      title={t('giveTitle')}
      lead={t('giveLead')}
      word={t('give')}
      isRunning={act.isRunning}
      refusal={act.refusal}
      lacking={lacking}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <SelectField
        name="partner"
        required
        label={t('partner')}
        value={partner}
        onChange={(event) => {
          setPartner(event.currentTarget.value)
          setOrganisation('')
          setMarkings([])
          setPurposes([])
        }}
        data={[...partners]}
      />
      {instrument === null && <p className={layout.quiet}>{t('noneInForce')}</p>}
      <SelectField
        name="organisation"
        required
        label={t('ourOrganisation')}
        value={organisation}
        onChange={(event) => setOrganisation(event.currentTarget.value)}
        data={[
          { value: '', label: t('choose') },
          ...ours.map((each) => ({ value: each.id, label: nameIn(each.names, language) })),
        ]}
      />
      <TicksField
        name="markings"
        label={t('markings')}
        className={classes.ticks}
        choices={(choices.data?.markings ?? []).map(({ marking }) => ({ value: marking, label: marking }))}
        chosen={markings}
        onChoose={setMarkings}
      />
      <TicksField
        name="purposes"
        label={t('purposes')}
        className={classes.ticks}
        choices={(choices.data?.purposes ?? [])
          .filter((each) => each.permitted)
          .map(({ id }) => ({ value: id, label: purposeName(id) }))}
        chosen={purposes}
        onChoose={setPurposes}
      />
      <TextField
        name="until"
        required
        type="date"
        label={t('until')}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
    </ActDialog>
  )
}
