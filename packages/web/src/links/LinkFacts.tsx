/** The traffic on a link: last contact, lag, unanswered matters, failures. */
import type { LinkView } from '#api/links.ts'
import { useText } from '../core/texts.ts'
import { FactList } from '../ui/FactList.tsx'
import type { Fact } from '../ui/FactList.tsx'
import { Moment } from '../ui/Moment.tsx'
import { spanText } from '../ui/moment.ts'
import { linkWords } from './words.ts'

export function LinkFacts({ link }: { readonly link: LinkView }) {
  const t = useText(linkWords)
  const { lastContactAt, lagMs, unanswered, parked, failures, retryAt, lastError } = link
  const facts: readonly (Fact | null)[] = [
    [
      t('lastContact'),
      lastContactAt === null ? t('never') : <Moment key="last" at={lastContactAt} relative />,
    ],
    [t('lag'), lagMs === null ? t('noLag') : spanText(lagMs)],
    [t('unanswered'), unanswered],
    parked === 0 ? null : [t('parked'), parked],
    failures === 0 ? null : [t('failures'), failures],
    retryAt === null ? null : [t('retryAt'), <Moment key="retry" at={retryAt} />],
    lastError === null
      ? null
      : [
          t('lastError'),
          <span key="error" className="exact">
            {lastError}
          </span>,
        ],
  ]
  return <FactList isInline facts={facts.filter((fact) => fact !== null)} />
}
