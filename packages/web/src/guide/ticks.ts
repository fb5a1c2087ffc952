/** The ticks of the visitor, and whether the guide is hidden. Stored on this machine, for this console. */
import { useState } from 'react'

const STORED_AS = 'entente-guide'

interface Stored {
  readonly ticked: readonly string[]
  readonly isHidden: boolean
}

/** On a phone the guide starts hidden, because it takes a third of the screen. */
const nothing = (): Stored => ({ ticked: [], isHidden: matchMedia('(max-width: 48em)').matches })

function read(): Stored {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? 'null')
    if (typeof value !== 'object' || value === null) return nothing()
    const { ticked, isHidden } = value as { ticked?: unknown; isHidden?: unknown }
    return {
      ticked: Array.isArray(ticked) ? ticked.filter((step) => typeof step === 'string') : [],
      isHidden: isHidden === true,
    }
  } catch {
    // The stored value is malformed: the guide begins again.
    return nothing()
  }
}

export interface Ticks extends Stored {
  tick(step: string): void
  hide(isHidden: boolean): void
  clear(): void
}

/** The ticks of this console. */
export function useTicks(): Ticks {
  const [stored, setStored] = useState(read)
  const store = (next: Stored): void => {
    localStorage.setItem(STORED_AS, JSON.stringify(next))
    setStored(next)
  }
  return {
    ...stored,
    tick: (step) => store({ ...stored, ticked: [...new Set([...stored.ticked, step])] }),
    hide: (isHidden) => store({ ...stored, isHidden }),
    clear: () => store({ ...stored, ticked: [] }),
  }
}
