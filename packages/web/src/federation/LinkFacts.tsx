/** What is known of the traffic on a link: last contact, lag, what is unanswered, what failed. */
import type { LinkView } from '#api/links.ts'
import { useText } from '../i18n/index.ts'
import { Moment } from '../ui/Moment.tsx'
import { spanText } from '../ui/moment.ts'
import classes from './Links.module.css'

export function LinkFacts({ link }: { readonly link: LinkView }) {
  const t = useText('federation')
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('lastContact')}</dt>
        <dd>{link.lastContactAt === null ? t('never') : <Moment at={link.lastContactAt} relative />}</dd>
      </div>
      <div>
        <dt>{t('lag')}</dt>
        <dd>{link.lagMs === null ? t('noLag') : spanText(link.lagMs)}</dd>
      </div>
      <div>
        <dt>{t('unanswered')}</dt>
        <dd>{link.unanswered}</dd>
      </div>
      {link.parked > 0 && (
        <div>
          <dt>{t('parked')}</dt>
          <dd>{link.parked}</dd>
        </div>
      )}
      {link.failures > 0 && (
        <div>
          <dt>{t('failures')}</dt>
          <dd>{link.failures}</dd>
        </div>
      )}
      {link.retryAt !== null && (
        <div>
          <dt>{t('retryAt')}</dt>
          <dd>
            <Moment at={link.retryAt} />
          </dd>
        </div>
      )}
      {link.lastError !== null && (
        <div>
          <dt>{t('lastError')}</dt>
          <dd className="exact">{link.lastError}</dd>
        </div>
      )}
    </dl>
  )
}
