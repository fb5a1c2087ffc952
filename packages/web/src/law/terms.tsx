/** Renderers for term values, by kind. A slice provides those of its pillar as `terms` and `crossings`. */
import type { ComponentType, ReactNode } from 'react'
import type { Text } from '../core/texts.ts'
import type { Fields } from './termFields.ts'
import classes from './Terms.module.css'

/** Shows the value of a term of one kind. */
export type TermValue = ComponentType<{ readonly value: Fields }>

/** A part of what may cross under an agreement, from its terms of one kind. */
export interface Crossing {
  readonly kind: string
  readonly title: Text
  /** Shows the part; null if the terms say nothing about it. */
  readonly show: (values: readonly Fields[]) => ReactNode
}

/** Declares a part of what may cross: how its items are read from a term, and how all of them are shown. */
export function crossing<Item>(part: {
  readonly kind: string
  readonly title: Text
  readonly itemsIn: (value: Fields) => readonly Item[]
  readonly Items: ComponentType<{ readonly of: readonly Item[] }>
}): Crossing {
  const { kind, title, itemsIn, Items } = part
  return {
    kind,
    title,
    show(values) {
      const items = values.flatMap(itemsIn)
      return items.length === 0 ? null : <Items of={items} />
    },
  }
}

/** The parts of a value, one in each line. */
export function Lines({ of }: { readonly of: readonly ReactNode[] }) {
  if (of.length === 0) return null
  return (
    <ul className={classes.lines}>
      {of.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  )
}

/** Short words side by side; barred ones are excluded. */
export function WordList({
  of,
  isBarred = false,
}: {
  readonly of: readonly ReactNode[]
  readonly isBarred?: boolean
}) {
  return (
    <ul className={classes.words} data-barred={isBarred || undefined}>
      {of.map((word, index) => (
        <li key={index}>{word}</li>
      ))}
    </ul>
  )
}
