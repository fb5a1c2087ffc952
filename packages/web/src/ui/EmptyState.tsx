/** Shown for an empty page or list: what will appear here, and the first step. */
import type { ReactNode } from 'react'
import classes from './PageFrame.module.css'

interface Props {
  readonly children: ReactNode
  /** A link or button to the first step. */
  readonly step?: ReactNode
}

export function EmptyState({ children, step }: Props) {
  return (
    <div className={classes.empty}>
      <p>{children}</p>
      {step}
    </div>
  )
}
