/** The day on which an agreement is viewed. The slider changes at once, the address when the slider rests. */
import { useEffect, useState } from 'react'
import { useAddressQuery } from '../ui/address.ts'
import { isDay, today } from './day.ts'

/** How long a dragged slider rests before the node is asked and the address changes. */
const REST_MS = 140

export interface ChosenDay {
  /** The day that the slider shows. */
  readonly day: string
  /** The day that the node is asked about. */
  readonly asked: string
  choose(day: string): void
}

/** The day in the address (`on`), by default today. */
export function useChosenDay(): ChosenDay {
  const query = useAddressQuery()
  const inAddress = query.get('on')
  const asked = isDay(inAddress) ? inAddress : today()
  const [day, setDay] = useState(asked)
  const [followed, setFollowed] = useState(asked)
  // The address changed elsewhere (back, a link): the slider follows.
  if (followed !== asked) {
    setFollowed(asked)
    setDay(asked)
  }
  useEffect(() => {
    if (day === asked) return undefined
    const timer = setTimeout(() => query.set({ on: day === today() ? '' : day }), REST_MS)
    return () => clearTimeout(timer)
  }, [day, asked, query])
  return { day, asked, choose: setDay }
}
