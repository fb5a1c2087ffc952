/**
 * One link: its two logs side by side, their verification, bundles on media, and the alarm if it is frozen.
 */
import { links } from '#api/links.ts'
import type { LinkView } from '#api/links.ts'
import { useNationName } from '../core/nations.ts'
import { useText } from '../core/texts.ts'
import { refusalOf, useCommand, useRoute } from '../core/queries.ts'
import { PageFrame } from '../ui/PageFrame.tsx'
import { Section } from '../ui/Section.tsx'
import { usePathParam } from '../ui/address.ts'
import { Icon } from '../ui/icons.tsx'
import { BundlePanel } from './BundlePanel.tsx'
import { EntriesTable } from './EntriesTable.tsx'
import { Fingerprint } from './Fingerprint.tsx'
import { FrozenAlarm } from './FrozenAlarm.tsx'
import { LinkFacts } from './LinkFacts.tsx'
import { LinkState } from './LinkState.tsx'
import { Tapes } from './Tapes.tsx'
import { VerifyResult } from './VerifyResult.tsx'
import { linkWords } from './words.ts'
import classes from './Links.module.css'

export function Page() {
  const t = useText(linkWords)
  const nationName = useNationName()
  const partner = usePathParam('partner')
  const reply = useRoute(links.get, { partner })
  const verify = useCommand(links.verify)
  const link = reply.data
  const nation = nationName(partner)
  return (
    <PageFrame
      title={t('linkTitle', { nation })}
      aside={link !== undefined && <LinkState state={link.state} />}
      needs={link !== undefined && <Needs link={link} />}
      actions={
        link === undefined
          ? []
          : [
              {
                id: 'verify',
                label: t('verify'),
                can: true,
                primary: true,
                isRunning: verify.isRunning,
                icon: <Icon name="tick" />,
                onPress: () => void verify.run({ partner }),
              },
            ]
      }
      refusal={verify.refusal}
      failure={refusalOf(reply.error)}
      isLoading={link === undefined}
    >
      {link !== undefined && (
        <>
          {link.state === 'frozen' && <FrozenAlarm code={link.frozenCode} />}
          <p className={classes.help}>{t('verifyHelp')}</p>
          {verify.reply !== null && <VerifyResult result={verify.reply} partner={partner} />}
          <Parts link={link} nation={nation} />
        </>
      )}
    </PageFrame>
  )
}

function Parts({ link, nation }: { readonly link: LinkView; readonly nation: string }) {
  const t = useText(linkWords)
  return (
    <>
      <Section title={t('tapes')}>
        <LinkFacts link={link} />
        <Tapes link={link} />
        <p className={classes.help}>
          {t('national')}: {t('nationalTheirs')} {link.national.theirsSize ?? t('never')} ·{' '}
          {t('nationalOurs')} {link.national.oursSize ?? t('never')}
        </p>
      </Section>
      <Section title={t('entries')}>
        <EntriesTable partner={link.partner} nation={nation} />
      </Section>
      <Section title={t('bundles')}>
        <BundlePanel link={link} />
      </Section>
      <Section title={t('fingerprint')}>
        <Fingerprint text={link.fingerprint} />
        <p className={classes.help}>
          {t('suite')}: <span className="exact">{link.suite}</span>
        </p>
      </Section>
    </>
  )
}

/** The most important sentence. */
function Needs({ link }: { readonly link: LinkView }) {
  const t = useText(linkWords)
  if (link.state === 'frozen') return t('needsFrozen')
  if (link.state === 'invited') return t('needsInvited')
  if (link.failures > 0) return t('needsFailing')
  if (link.parked > 0) return t('needsParked', { count: link.parked })
  return t('needsNothing')
}
