/** Grants a clearance, or need-to-know for one matter or one category, until a date. */
import { NativeSelect, TextInput } from '@mantine/core'
import { identity } from '#api/identity.ts'
import { categories } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { useRouteForm } from '../ui/form.ts'
import { endOfDay } from '../ui/moment.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { identityWords } from './words.ts'

interface Props {
  readonly person: string
  readonly onClose: () => void
}

export function GrantClearance({ person, onClose }: Props) {
  const t = useText(identityWords)
  const form = useRouteForm(identity.grantClearance, {
    initial: { marking: '', until: '', reason: '' },
    input: ({ marking, until, reason }) => ({
      person,
      marking: marking.trim(),
      until: endOfDay(until),
      reason: reason.trim(),
    }),
  })
  return (
    <ReasonDialog
      form={form}
      title={t('grantClearance')}
      word={t('grantClearance')}
      onDone={onClose}
      onClose={onClose}
    >
      <TextInput {...form.field('marking')} label={t('marking')} description={t('markingHelp')} />
      <TextInput {...form.field('until')} type="date" label={t('until')} />
    </ReasonDialog>
  )
}

export function GrantNeedToKnow({ person, onClose }: Props) {
  const t = useText(identityWords)
  const categoryName = useNames(categories)
  const form = useRouteForm(identity.grantNeedToKnow, {
    initial: { kind: 'category', scope: '', until: '', reason: '' },
    input: ({ kind, scope, until, reason }) => ({
      person,
      scope: `${kind}:${scope.trim()}`,
      until: endOfDay(until),
      reason: reason.trim(),
    }),
  })
  const kind = form.field('kind')
  const changeKind = (change: unknown): void => {
    kind.onChange(change)
    form.set({ scope: '' })
  }
  return (
    <ReasonDialog
      form={form}
      title={t('grantNeedToKnow')}
      word={t('grantNeedToKnow')}
      onDone={onClose}
      onClose={onClose}
    >
      <NativeSelect
        {...kind}
        onChange={changeKind}
        label={t('scopeKind')}
        data={[
          { value: 'category', label: t('scopeCategory') },
          { value: 'matter', label: t('scopeMatter') },
        ]}
      />
      {form.values.kind === 'category' ? (
        <NativeSelect
          {...form.field('scope')}
          label={t('scopeCategory')}
          data={[
            { value: '', label: '' },
            ...Object.keys(categories).map((id) => ({ value: id, label: categoryName(id) })),
          ]}
        />
      ) : (
        <TextInput {...form.field('scope')} label={t('scopeMatterId')} />
      )}
      <TextInput {...form.field('until')} type="date" label={t('until')} />
    </ReasonDialog>
  )
}
