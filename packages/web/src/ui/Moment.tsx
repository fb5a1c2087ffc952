/** Shows an instant in local time and in Zulu, with the relative time if wanted. */
import { useEffect, useState } from 'react'
import { useLanguage } from '../core/language.ts'
import { localText, relativeText, zuluText } from './moment.ts'
import classes from './Moment.module.css'

const REFRESH_MS = 30_000

interface Props {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly relative?: boolean
}

export function Moment({ at, relative = false }: Props) {
  const [language] = useLanguage()
  const now = useNow(relative)
  const instant = new Date(at)
  return (
    <time dateTime={at} className={classes.moment}>
      <span>{localText(instant)}</span> <span className={classes.zulu}>{zuluText(instant)}</span>
      {relative && <span className={classes.relative}> {relativeText(instant, now, language)}</span>}
    </time>
  )
}

/** The current time, updated twice a minute while it is watched. */
export function useNow(isWatched = true): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    if (!isWatched) return undefined
    const timer = setInterval(() => setNow(new Date()), REFRESH_MS)
    return () => clearInterval(timer)
  }, [isWatched])
  return now
}
