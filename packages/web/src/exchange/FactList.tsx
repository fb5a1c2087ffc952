/** Names and their values, one under the other. */
import type { ReactNode } from 'react'
import classes from './Exchange.module.css'

interface Props {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[]
}

export function FactList({ facts }: Props) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
