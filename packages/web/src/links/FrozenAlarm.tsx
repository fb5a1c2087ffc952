/** The alarm of a frozen link: why it is frozen, which evidence is kept, and what to do. */
import { useText } from '../core/texts.ts'
import type { KeyOf } from '../core/texts.ts'
import { Icon } from '../ui/icons.tsx'
import { linkWords } from './words.ts'
import classes from './Alarm.module.css'

interface Words {
  readonly kept: KeyOf<typeof linkWords>
  readonly toDo: KeyOf<typeof linkWords>
}

const OTHER: Words = { kept: 'otherKept', toDo: 'otherDo' }
const WORDS: Readonly<Record<string, Words>> = {
  fork: { kept: 'forkKept', toDo: 'forkDo' },
  rolled_back: { kept: 'rolled_backKept', toDo: 'rolled_backDo' },
  by_operator: { kept: 'otherKept', toDo: 'by_operatorDo' },
}

export function FrozenAlarm({ code }: { readonly code: string | null }) {
  const t = useText(linkWords)
  const words = WORDS[code ?? ''] ?? OTHER
  return (
    <section className={classes.alarm} role="alert" aria-labelledby="alarm-title">
      <h2 id="alarm-title" className={classes.title}>
        <Icon name="stop" sizePx={26} /> {t('alarmTitle')}
      </h2>
      <dl>
        <dt>{t('alarmHappened')}</dt>
        <dd>{useHappened(code)}</dd>
        <dt>{t('alarmKept')}</dt>
        <dd>{t(words.kept)}</dd>
        <dt>{t('alarmDo')}</dt>
        <dd>{t(words.toDo)}</dd>
      </dl>
    </section>
  )
}

function useHappened(code: string | null): string {
  const t = useText(linkWords)
  switch (code) {
    case 'fork':
    case 'rolled_back':
    case 'card_changed':
    case 'by_operator':
      return t(code)
    default:
      return t('otherCode', { code: code ?? '—' })
  }
}
