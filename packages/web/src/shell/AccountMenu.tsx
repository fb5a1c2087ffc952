/** The person signed in, with language, shade and signing out. */
import { Popover, SegmentedControl, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { Me } from '#api/identity.ts'
import { LANGUAGES, LANGUAGE_NAMES, useLanguage, useText } from '../i18n/index.ts'
import type { Language } from '../i18n/index.ts'
import { useRoleName } from '../identity/roleName.ts'
import { paths } from '../paths.ts'
import { PageLink } from '../ui/PageLink.tsx'
import { Icon } from '../ui/icons.tsx'
import { SHADES, useShade } from '../ui/shade.ts'
import type { Shade } from '../ui/shade.ts'
import { useSignOut } from './session.ts'
import classes from './TopBar.module.css'

export function AccountMenu({ me }: { readonly me: Me }) {
  const t = useText('shell')
  const roleName = useRoleName()
  const [isOpen, setOpen] = useState(false)
  const leave = useSignOut()
  const roles = me.person.roles.map(roleName).join(' · ')
  return (
    <Popover
      position="bottom-end"
      width={260}
      shadow="md"
      trapFocus
      returnFocus
      opened={isOpen}
      onChange={setOpen}
    >
      <Popover.Target>
        <UnstyledButton className={classes.account} title={t('account')} onClick={() => setOpen(!isOpen)}>
          <Icon name="person" />
          <span className={classes.accountWords}>
            <span className={classes.office}>{me.person.office}</span>{' '}
            <span className={classes.roles}>{roles}</span>
          </span>
          <Icon name="down" sizePx={14} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('account')}>
        <PageLink
          to={paths.person(me.person.id)}
          className={classes.accountLink}
          onFollow={() => setOpen(false)}
        >
          {me.person.office}
        </PageLink>
        <Choices />
        <UnstyledButton className={classes.accountLink} onClick={() => leave()}>
          {t('signOut')}
        </UnstyledButton>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Language and shade, which anyone may choose, signed in or not. */
export function Choices() {
  const t = useText('shell')
  const [language, setLanguage] = useLanguage()
  const [shade, setShade] = useShade()
  return (
    <div className={classes.choices}>
      <span>{t('language')}</span>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={t('language')}
        value={language}
        onChange={(value) => setLanguage(value as Language)}
        data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
      />
      <span>{t('shade')}</span>
      <SegmentedControl
        fullWidth
        size="sm"
        orientation="vertical"
        aria-label={t('shade')}
        value={shade}
        onChange={(value) => setShade(value as Shade)}
        data={SHADES.map((value) => ({ value, label: t(value) }))}
      />
    </div>
  )
}
