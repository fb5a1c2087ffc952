/** The menu: on the left, or at the bottom on a phone. */
import { Menu, UnstyledButton } from '@mantine/core'
import { useLanguage } from '../core/language.ts'
import { HOME } from '../core/paths.ts'
import { textIn, useText } from '../core/texts.ts'
import { NAVIGATION } from '../slices.ts'
import { useGo } from '../ui/address.ts'
import { PageLink } from '../ui/PageLink.tsx'
import { Icon } from '../ui/icons.tsx'
import { shellWords } from './words.ts'
import classes from './Nav.module.css'

interface Props {
  readonly needsMe: number
  readonly version?: string
}

/** The desk is the current page only on its exact path, because every path begins with it. */
const currentAs = (to: string) => (to === HOME ? 'exact' : 'below')

export function SideNav({ needsMe, version }: Props) {
  const t = useText(shellWords)
  const [language] = useLanguage()
  return (
    <nav className={classes.side} aria-label={t('mainNavigation')}>
      <ul>
        {NAVIGATION.map(({ to, label, icon }) => (
          <li key={to}>
            <PageLink to={to} current={currentAs(to)} className={classes.link}>
              <Icon name={icon} />
              <span>{textIn(label, language)}</span>
              {to === HOME && needsMe > 0 && <span className={classes.count}>{needsMe}</span>}
            </PageLink>
          </li>
        ))}
      </ul>
      {version !== '' && <p className={classes.version}>Entente {version}</p>}
    </nav>
  )
}

export function BottomBar({ needsMe }: Props) {
  const t = useText(shellWords)
  const [language] = useLanguage()
  const go = useGo()
  return (
    <nav className={classes.bottom} aria-label={t('mainNavigation')}>
      {NAVIGATION.filter((page) => page.onPhone).map(({ to, label, icon }) => (
        <PageLink key={to} to={to} current={currentAs(to)} className={classes.tab}>
          <Icon name={icon} sizePx={22} />
          <span>
            {textIn(label, language)}
            {to === HOME && needsMe > 0 ? ` ${needsMe}` : ''}
          </span>
        </PageLink>
      ))}
      <Menu position="top-end" shadow="md" width={220}>
        <Menu.Target>
          <UnstyledButton className={classes.tab}>
            <Icon name="more" sizePx={22} />
            <span>{t('more')}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {NAVIGATION.filter((page) => !page.onPhone).map(({ to, label, icon }) => (
            <Menu.Item key={to} leftSection={<Icon name={icon} />} onClick={() => go(to)}>
              {textIn(label, language)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  )
}
