/** What the visitor ticked off, and whether the guide is hidden: kept on this machine, for this console. */
import { useState } from 'react'

const STORED_AS = 'entente-guide'

interface Kept {
  readonly ticked: readonly string[]
  readonly isHidden: boolean
}

/** On a phone the guide waits behind its button: it would take a third of the screen. */
const nothing = (): Kept => ({ ticked: [], isHidden: matchMedia('(max-width: 48em)').matches })

function read(): Kept {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? 'null')
    if (typeof value !== 'object' || value === null) return nothing()
    const { ticked, isHidden } = value as { ticked?: unknown; isHidden?: unknown }
    return {
      ticked: Array.isArray(ticked) ? ticked.filter((step) => typeof step === 'string') : [],
      isHidden: isHidden === true,
    }
  } catch {
    // The stored value has another form: the guide begins again.
    return nothing()
  }
}

export interface Ticks extends Kept {
  tick(step: string): void
  hide(isHidden: boolean): void
  clear(): void
}

/** The ticks of this console. */
export function useTicks(): Ticks {
  const [kept, setKept] = useState(read)
  const keep = (next: Kept): void => {
    localStorage.setItem(STORED_AS, JSON.stringify(next))
    setKept(next)
  }
  return {
    ...kept,
    tick: (step) => keep({ ...kept, ticked: [...new Set([...kept.ticked, step])] }),
    hide: (isHidden) => keep({ ...kept, isHidden }),
    clear: () => keep({ ...kept, ticked: [] }),
  }
}
