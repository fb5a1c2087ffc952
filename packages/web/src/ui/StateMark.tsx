/** A state as a word with an icon; never by colour alone. */
import { Icon } from './icons.tsx'
import type { IconName } from './icons.tsx'
import classes from './StateMark.module.css'

interface Props {
  readonly icon: IconName
  readonly look?: 'plain' | 'held' | 'alarm'
  readonly children: string
}

export function StateMark({ icon, look = 'plain', children }: Props) {
  return (
    <span className={classes.mark} data-look={look}>
      <Icon name={icon} sizePx={15} /> {children}
    </span>
  )
}
