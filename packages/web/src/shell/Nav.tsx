/** The pages: at the left on a desk, at the bottom on a phone. */
import { Menu, UnstyledButton } from '@mantine/core'
import { useText } from '../i18n/index.ts'
import { useGo } from '../ui/address.ts'
import { PageLink } from '../ui/PageLink.tsx'
import { Icon } from '../ui/icons.tsx'
import { useOfferedPages } from './pages.ts'
import classes from './Nav.module.css'

interface Props {
  readonly needsMe: number
  readonly version?: string
}

export function SideNav({ needsMe, version }: Props) {
  const t = useText('shell')
  const pages = useOfferedPages()
  return (
    <nav className={classes.side} aria-label={t('mainNavigation')}>
      <ul>
        {pages.map((page) => (
          <li key={page.name}>
            <PageLink
              to={page.to}
              current={page.name === 'desk' ? 'exact' : 'below'}
              className={classes.link}
            >
              <Icon name={page.name} />
              <span>{t(page.name)}</span>
              {page.name === 'desk' && needsMe > 0 && <span className={classes.count}>{needsMe}</span>}
            </PageLink>
          </li>
        ))}
      </ul>
      {version !== '' && <p className={classes.version}>Entente {version}</p>}
    </nav>
  )
}

export function BottomBar({ needsMe }: Props) {
  const t = useText('shell')
  const pages = useOfferedPages()
  const go = useGo()
  return (
    <nav className={classes.bottom} aria-label={t('mainNavigation')}>
      {pages
        .filter((page) => page.onPhone)
        .map((page) => (
          <PageLink
            key={page.name}
            to={page.to}
            current={page.name === 'desk' ? 'exact' : 'below'}
            className={classes.tab}
          >
            <Icon name={page.name} sizePx={22} />
            <span>
              {t(page.name)}
              {page.name === 'desk' && needsMe > 0 ? ` ${needsMe}` : ''}
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
          {pages
            .filter((page) => !page.onPhone)
            .map((page) => (
              <Menu.Item key={page.name} leftSection={<Icon name={page.name} />} onClick={() => go(page.to)}>
                {t(page.name)}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  )
}
