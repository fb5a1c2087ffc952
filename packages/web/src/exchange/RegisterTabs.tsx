/** The three parts of the register, each at its own address. */
import { useText } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { PageLink } from '../ui/PageLink.tsx'
import classes from './Exchange.module.css'

export function RegisterTabs() {
  const t = useText('exchange')
  return (
    <nav className={classes.tabs} aria-label={t('registerParts')}>
      <PageLink to={paths.register()} current="exact">
        {t('registerTitle')}
      </PageLink>
      <PageLink to={paths.reconciliation()} current="exact">
        {t('reconciliation')}
      </PageLink>
      <PageLink to={paths.assurances()} current="exact">
        {t('assurances')}
      </PageLink>
    </nav>
  )
}
