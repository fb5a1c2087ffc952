/** Replaces a person's roles. */
import { useState } from 'react'
import { ROLES, identity } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import { roles as roleWords } from '#words/identity.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { useAct } from '../core/queries.ts'
import { ManyField } from '../ui/fields.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { identityWords } from './words.ts'

interface Props {
  readonly person: string
  readonly roles: readonly Role[]
  readonly onClose: () => void
}

export function RolesForm({ person, roles, onClose }: Props) {
  const t = useText(identityWords)
  const roleName = useNames(roleWords)
  const [chosen, setChosen] = useState(roles)
  const act = useAct(identity.changeRoles)
  const change = async (reason: string): Promise<void> => {
    const reply = await act.run({ person, roles: [...chosen], reason })
    if (!isRefusal(reply)) onClose()
  }
  return (
    <ReasonDialog
      title={t('changeRoles')}
      lead={t('changeRolesLead')}
      word={t('changeRoles')}
      isRunning={act.isRunning}
      refusal={act.refusal}
      lacking={chosen.length === 0 ? ['roles'] : []}
      onAct={(reason) => void change(reason)}
      onClose={onClose}
    >
      <ManyField
        name="roles"
        label={t('roles')}
        data={ROLES.map((role) => ({ value: role, label: roleName(role) }))}
        value={[...chosen]}
        onChange={(values) => setChosen(ROLES.filter((role) => values.includes(role)))}
      />
    </ReasonDialog>
  )
}
