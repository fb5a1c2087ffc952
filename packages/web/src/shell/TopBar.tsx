/** The bar below the banner: the nation, the search, the parts of the slices, and the signed-in person. */
import { Kbd, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Me } from '#api/identity.ts'
import { useNationName } from '../core/nations.ts'
import { HOME } from '../core/paths.ts'
import { useText } from '../core/texts.ts'
import { PageLink } from '../ui/PageLink.tsx'
import { Icon } from '../ui/icons.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { openPalette } from './Palette.tsx'
import { shellWords } from './words.ts'
import classes from './TopBar.module.css'

interface Props {
  readonly me: Me
  readonly children: ReactNode
}

export function TopBar({ me, children }: Props) {
  const t = useText(shellWords)
  const nationName = useNationName()
  return (
    <header className={classes.bar}>
      <PageLink to={HOME} className={classes.nation}>
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
      <div className={classes.parts}>{children}</div>
      <AccountMenu me={me} />
    </header>
  )
}
