/** The state of a link as a word with an icon; a frozen link is an alarm. */
import type { LinkView } from '#api/links.ts'
import { linkStates } from '#words/links.ts'
import { useNames } from '../core/language.ts'
import { StateMark } from '../ui/StateMark.tsx'
import type { IconName } from '../ui/icons.tsx'

const ICONS: Readonly<Record<LinkView['state'], IconName>> = {
  invited: 'clock',
  open: 'tick',
  frozen: 'stop',
}
const LOOKS = { invited: 'plain', open: 'held', frozen: 'alarm' } as const

export function LinkState({ state }: { readonly state: LinkView['state'] }) {
  const stateName = useNames(linkStates)
  return (
    <StateMark icon={ICONS[state]} look={LOOKS[state]}>
      {stateName(state)}
    </StateMark>
  )
}
