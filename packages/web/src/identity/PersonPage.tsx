/** The record of a person: roles, clearances, need-to-know; grants and revokes them. */
import { useState } from 'react'
import { identity } from '#api/identity.ts'
import type { PersonRecord } from '#api/identity.ts'
import { categories } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import type { Say } from '../core/texts.ts'
import { refusalOf, useRoute } from '../core/queries.ts'
import { useSession } from '../core/session.ts'
import { useNamed } from '../ui/Named.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import type { PageAction } from '../ui/PageFrame.tsx'
import { PageSkeleton } from '../ui/PageSkeleton.tsx'
import { Section } from '../ui/Section.tsx'
import { usePathParam } from '../ui/address.ts'
import { GrantClearance, GrantNeedToKnow } from './GrantForm.tsx'
import { KeyList, RightsList } from './RightsList.tsx'
import { RecordFacts } from './RecordFacts.tsx'
import { RolesForm } from './RolesForm.tsx'
import { RenewCode, WithdrawPerson } from './StandingForm.tsx'
import { identityWords } from './words.ts'

/** The form that is open. */
type Form = 'clearance' | 'needToKnow' | 'roles' | 'renewCode' | 'withdraw'

export function Page() {
  const t = useText(identityWords)
  const person = usePathParam('person')
  const record = useRoute(identity.getPerson, { person })
  const session = useSession()
  const [form, setForm] = useState<Form | null>(null)
  const isMe = session.state === 'somebody' && session.me.person.id === person
  return (
    <PageFrame
      title={record.data?.office ?? person}
      needs={isMe ? t('you') : undefined}
      failure={refusalOf(record.error)}
      isLoading={record.data === undefined}
      actions={record.data === undefined ? [] : actionsOf(record.data, t, setForm)}
    >
      {record.data === undefined ? <PageSkeleton /> : <Rights record={record.data} />}
      {record.data !== undefined && form !== null && (
        <OpenForm form={form} record={record.data} onClose={() => setForm(null)} />
      )}
    </PageFrame>
  )
}

function actionsOf(
  { can }: PersonRecord,
  t: Say<typeof identityWords>,
  open: (form: Form) => void,
): readonly PageAction[] {
  return [
    {
      id: 'clearance',
      label: t('grantClearance'),
      can: can.grantClearance,
      onPress: () => open('clearance'),
      primary: true,
    },
    {
      id: 'needToKnow',
      label: t('grantNeedToKnow'),
      can: can.grantNeedToKnow,
      onPress: () => open('needToKnow'),
    },
    { id: 'roles', label: t('changeRoles'), can: can.changeRoles, onPress: () => open('roles') },
    { id: 'renewCode', label: t('renewCode'), can: can.renewCode, onPress: () => open('renewCode') },
    { id: 'withdraw', label: t('withdraw'), can: can.withdraw, onPress: () => open('withdraw'), grave: true },
  ]
}

interface OpenProps {
  readonly form: Form
  readonly record: PersonRecord
  readonly onClose: () => void
}

function OpenForm({ form, record, onClose }: OpenProps) {
  const of = { person: record.id, onClose }
  switch (form) {
    case 'clearance':
      return <GrantClearance {...of} />
    case 'needToKnow':
      return <GrantNeedToKnow {...of} />
    case 'roles':
      return <RolesForm {...of} roles={record.roles} />
    case 'renewCode':
      return <RenewCode {...of} />
    case 'withdraw':
      return <WithdrawPerson {...of} />
  }
}

/** The scope of a need-to-know grant in the reader's language; a matter is shown by its id. */
function useScopeName(): (scope: string) => string {
  const t = useText(identityWords)
  const categoryName = useNames(categories)
  const named = useNamed()
  return (scope) => {
    const [kind, id = ''] = scope.split(':')
    return kind === 'category' ? named(t('scopeCategory'), categoryName(id)) : named(t('scopeMatter'), id)
  }
}

function Rights({ record }: { readonly record: PersonRecord }) {
  const t = useText(identityWords)
  const scopeName = useScopeName()
  return (
    <>
      <Section title={t('record')}>
        <RecordFacts record={record} />
      </Section>
      <Section title={t('clearances')} count={record.clearances.length}>
        <RightsList
          rights={record.clearances.map((clearance) => ({ ...clearance, what: clearance.marking }))}
          canRevoke={record.can.grantClearance}
          of="clearance"
        />
      </Section>
      <Section title={t('needToKnow')} count={record.needToKnow.length}>
        <RightsList
          rights={record.needToKnow.map((grant) => ({ ...grant, what: scopeName(grant.scope) }))}
          canRevoke={record.can.grantNeedToKnow}
          of="needToKnow"
        />
      </Section>
      <Section title={t('keys')} count={record.keys.length}>
        <KeyList keys={record.keys} />
      </Section>
    </>
  )
}
