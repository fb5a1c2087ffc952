/** The gate's answer to a report while it is written: asked when the typing pauses, not recorded (EXC-19). */
import { useDebouncedValue } from '@mantine/hooks'
import { drafts } from '#api/exchange/drafts.ts'
import type { ReleaseVerdict } from '#api/exchange/shapes.ts'
import type { Refusal } from '#api/refusals.ts'
import { refusalOf, useRoute } from '../../core/queries.ts'
import { routingOf } from './report.ts'
import type { Report } from './report.ts'

const ASK_DELAY_MS = 250

export interface LiveVerdict {
  /** The last answer; while `isAsking`, it is for earlier choices. */
  readonly verdict: ReleaseVerdict | undefined
  readonly isAsking: boolean
  readonly refusal: Refusal | null
}

export function useVerdict(report: Report): LiveVerdict {
  const routing = routingOf(report)
  const text = JSON.stringify(routing)
  const [restedText] = useDebouncedValue(text, ASK_DELAY_MS)
  const asked = JSON.parse(restedText) as typeof routing
  const isAsked = asked.partner !== ''
  const reply = useRoute(drafts.verdict, asked, { enabled: isAsked, keepsLast: true })
  return {
    verdict: isAsked ? reply.data : undefined,
    isAsking: text !== restedText || reply.isPlaceholderData || (isAsked && reply.isPending),
    refusal: refusalOf(reply.error),
  }
}
