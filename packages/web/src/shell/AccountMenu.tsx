/** The menu of the signed-in person: language, theme, sign out. */
import { Popover, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { Me } from '#api/identity.ts'
import { roles as roleWords } from '#words/identity.ts'
import { useNames } from '../core/language.ts'
import { useSignOut } from '../core/session.ts'
import { useText } from '../core/texts.ts'
import { paths } from '../identity/slice.ts'
import { Choices } from '../ui/Choices.tsx'
import { Icon } from '../ui/icons.tsx'
import { PageLink } from '../ui/PageLink.tsx'
import { shellWords } from './words.ts'
import classes from './TopBar.module.css'

export function AccountMenu({ me }: { readonly me: Me }) {
  const t = useText(shellWords)
  const roleName = useNames(roleWords)
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
