/** Names and values, in a column or in a row. */
import type { ReactNode } from 'react'
import classes from './FactList.module.css'

export type Fact = readonly [name: string, value: ReactNode]

interface Props {
  readonly facts: readonly Fact[]
  /** In a row, the name above its value. */
  readonly isInline?: boolean
}

export function FactList({ facts, isInline = false }: Props) {
  return (
    <dl className={isInline ? classes.inline : classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
