/** The state of a link in one word, with its sign; a frozen one is the alarm. */
import type { LinkView } from '#api/links.ts'
import { useText } from '../i18n/index.ts'
import { Icon } from '../ui/icons.tsx'
import type { IconName } from '../ui/icons.tsx'
import classes from './Links.module.css'

const ICONS: Readonly<Record<LinkView['state'], IconName>> = {
  invited: 'clock',
  open: 'tick',
  frozen: 'stop',
  closed: 'cut',
}

export function LinkState({ state }: { readonly state: LinkView['state'] }) {
  const t = useText('federation')
  return (
    <span className={classes.state} data-state={state}>
      <Icon name={ICONS[state]} sizePx={15} /> {t(state)}
    </span>
  )
}
