/** Replaces a person's roles. */
import { identity } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { useText } from '../core/texts.ts'
import { useRouteForm } from '../ui/form.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { RolesField, rolesAmong } from './RolesField.tsx'
import { identityWords } from './words.ts'

interface Props {
  readonly person: string
  readonly roles: readonly Role[]
  readonly onClose: () => void
}

export function RolesForm({ person, roles, onClose }: Props) {
  const t = useText(identityWords)
  const form = useRouteForm(identity.changeRoles, {
    initial: { roles: [...roles] as string[], reason: '' },
    input: (values) => ({ person, roles: rolesAmong(values.roles), reason: values.reason.trim() }),
  })
  return (
    <ReasonDialog
      form={form}
      title={t('changeRoles')}
      lead={t('changeRolesLead')}
      word={t('changeRoles')}
      onDone={onClose}
      onClose={onClose}
    >
      <RolesField {...form.field('roles')} />
    </ReasonDialog>
  )
}
