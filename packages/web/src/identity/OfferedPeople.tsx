/** The people that a visitor of an exercise can sign in as. */
import { UnstyledButton } from '@mantine/core'
import type { identity } from '#api/identity.ts'
import type { ReplyOf } from '#api/route.ts'
import { roles as roleWords } from '#words/identity.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { identityWords } from './words.ts'
import classes from './Identity.module.css'

interface Props {
  readonly nation: string
  readonly people: ReplyOf<typeof identity.listOffered>['rows']
  readonly chosen: string
  readonly onChoose: (person: string) => void
}

export function OfferedPeople({ nation, people, chosen, onChoose }: Props) {
  const t = useText(identityWords)
  const roleName = useNames(roleWords)
  return (
    <section className={classes.offered} aria-label={t('offeredTitle')}>
      <h2>
        {t('offeredTitle')} <span className={classes.quiet}>{nation}</span>
      </h2>
      <p className={classes.quiet}>{t('offeredHelp')}</p>
      <ul>
        {people.map((offered) => (
          <li key={offered.person}>
            <UnstyledButton
              className={classes.offeredPerson}
              aria-pressed={offered.person === chosen}
              onClick={() => onChoose(offered.person)}
            >
              <strong>{offered.office}</strong>
              <span className={classes.quiet}>{offered.roles.map(roleName).join(', ')}</span>
              <code>{offered.person}</code>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
