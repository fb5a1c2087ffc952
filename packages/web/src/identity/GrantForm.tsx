/** Grants a clearance, or need-to-know of one matter or one category, until a date. */
import { useState } from 'react'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import { categories } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { useAct } from '../core/queries.ts'
import { SelectField, TextField } from '../ui/fields.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { identityWords } from './words.ts'

interface Props {
  readonly person: string
  readonly of: 'clearance' | 'needToKnow'
  readonly onClose: () => void
}

/** The end of a local day, `2027-03-31`, as an instant in UTC. */
function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString()
}

export function GrantForm({ person, of, onClose }: Props) {
  const t = useText(identityWords)
  const categoryName = useNames(categories)
  const [subject, setSubject] = useState('')
  const [kind, setKind] = useState('category')
  const [day, setDay] = useState('')
  const clearance = useAct(identity.grantClearance)
  const grant = useAct(identity.grantNeedToKnow)
  const isClearance = of === 'clearance'
  const act = isClearance ? clearance : grant

  const submit = async (reason: string): Promise<void> => {
    const until = endOfDay(day)
    const reply = isClearance
      ? await clearance.run({ person, marking: subject.trim(), reason, until })
      : await grant.run({ person, scope: `${kind}:${subject.trim()}`, reason, until })
    if (!isRefusal(reply)) onClose()
  }
  return (
    <ReasonDialog
      title={t(isClearance ? 'grantClearance' : 'grantNeedToKnow')}
      word={t(isClearance ? 'grantClearance' : 'grantNeedToKnow')}
      isRunning={act.isRunning}
      refusal={act.refusal}
      onAct={(reason) => void submit(reason)}
      onClose={onClose}
    >
      {!isClearance && (
        <SelectField
          name="scopeKind"
          label={t('scopeKind')}
          value={kind}
          onChange={(event) => {
            setKind(event.currentTarget.value)
            setSubject('')
          }}
          data={[
            { value: 'category', label: t('scopeCategory') },
            { value: 'matter', label: t('scopeMatter') },
          ]}
        />
      )}
      {!isClearance && kind === 'category' ? (
        <SelectField
          name="scope"
          required
          label={t('scopeCategory')}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          data={[
            { value: '', label: '' },
            ...Object.keys(categories).map((id) => ({ value: id, label: categoryName(id) })),
          ]}
        />
      ) : (
        <TextField
          name={isClearance ? 'marking' : 'scope'}
          required
          label={t(isClearance ? 'marking' : 'scopeMatterId')}
          description={isClearance ? t('markingHelp') : undefined}
          maxLength={isClearance ? 40 : 70}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
      )}
      <TextField
        name="until"
        required
        type="date"
        label={t('until')}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
    </ReasonDialog>
  )
}
