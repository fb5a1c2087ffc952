/** The tabs of the register; each has an address. */
import { useText } from '../../core/texts.ts'
import { PageLink } from '../../ui/PageLink.tsx'
import { exchangeWords } from '../words.ts'
import { registerWords } from './words.ts'
import { paths } from '../slice.ts'
import classes from './Register.module.css'

export function RegisterTabs() {
  const t = useText(registerWords, exchangeWords)
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
