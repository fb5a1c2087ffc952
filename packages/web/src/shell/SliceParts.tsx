/** The parts of slices in the frame of every page; nothing is shown for a part that is loading. */
import { Suspense } from 'react'
import type { Me } from '#api/identity.ts'
import { SLICES } from '../slices.ts'

/** Parts in the bar at the top. */
export function BarParts() {
  return (
    <Suspense>{SLICES.map(({ Bar }, index) => (Bar === undefined ? null : <Bar key={index} />))}</Suspense>
  )
}

/** Parts above the page. */
export function PartsAbove({ me }: { readonly me: Me }) {
  return (
    <Suspense>
      {SLICES.map(({ Above }, index) => (Above === undefined ? null : <Above key={index} me={me} />))}
    </Suspense>
  )
}

/** Panels that open beside the page. */
export function PartsBeside() {
  return (
    <Suspense>
      {SLICES.map(({ Beside }, index) => (Beside === undefined ? null : <Beside key={index} />))}
    </Suspense>
  )
}
