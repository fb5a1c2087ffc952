/** The bar under the banner: whose node this is, finding, partners, and the person who is signed in. */
import { Kbd, UnstyledButton } from '@mantine/core'
import type { consoleApi } from '#api/console.ts'
import type { Me } from '#api/identity.ts'
import type { ReplyOf } from '#api/route.ts'
import { useText } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { PageLink } from '../ui/PageLink.tsx'
import { Icon } from '../ui/icons.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { openPalette } from './Palette.tsx'
import { PartnerChip } from './PartnerChip.tsx'
import { useNationName } from './nationName.ts'
import classes from './TopBar.module.css'

interface Props {
  readonly me: Me
  readonly partners: ReplyOf<typeof consoleApi.shell>['partners']
}

export function TopBar({ me, partners }: Props) {
  const t = useText('shell')
  const nationName = useNationName()
  return (
    <header className={classes.bar}>
      <PageLink to={paths.desk()} className={classes.nation}>
        <span className={classes.code} aria-hidden="true">
          {me.nation}
        </span>{' '}
        <span className={classes.name}>{nationName(me.nation)}</span>
      </PageLink>
      <UnstyledButton className={classes.find} onClick={openPalette} aria-keyshortcuts="Control+K">
        <Icon name="find" />
        <span className={classes.findWord}>{t('find')}</span>
        <Kbd className={classes.findKey ?? ''} size="xs">
          Ctrl K
        </Kbd>
      </UnstyledButton>
      <nav aria-label={t('partners')} className={classes.partners}>
        {partners.map((partner) => (
          <PartnerChip key={partner.nation} partner={partner} />
        ))}
      </nav>
      <AccountMenu me={me} />
    </header>
  )
}
