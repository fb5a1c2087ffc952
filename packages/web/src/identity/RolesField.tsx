/** A form field for the roles of a person. */
import { MultiSelect } from '@mantine/core'
import { ROLES } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { roles as roleWords } from '#words/identity.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import type { FieldProps } from '../ui/form.ts'
import { identityWords } from './words.ts'

export function RolesField(props: FieldProps<string[]>) {
  const t = useText(identityWords)
  const roleName = useNames(roleWords)
  return (
    <MultiSelect
      {...props}
      label={t('roles')}
      data={ROLES.map((role) => ({ value: role, label: roleName(role) }))}
    />
  )
}

/** Chosen values as roles, in the order of the closed list. */
export function rolesAmong(values: readonly string[]): Role[] {
  return ROLES.filter((role) => values.includes(role))
}
