/** A section of a page with a heading. */
import { useId } from 'react'
import type { ReactNode } from 'react'
import classes from './PageFrame.module.css'

interface Props {
  readonly title: string
  readonly count?: number
  readonly end?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, count, end, children }: Props) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.sectionHead}>
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className={classes.count}>{count}</span>}
        {end !== undefined && <span className={classes.sectionEnd}>{end}</span>}
      </div>
      {children}
    </section>
  )
}
