/** The one alarm that stops everything: why a link is frozen, what was kept as evidence, and what to do. */
import { useText } from '../i18n/index.ts'
import { Icon } from '../ui/icons.tsx'
import classes from './Alarm.module.css'

export function FrozenAlarm({ code }: { readonly code: string | null }) {
  const t = useText('federation')
  return (
    <section className={classes.alarm} role="alert" aria-labelledby="alarm-title">
      <h2 id="alarm-title" className={classes.title}>
        <Icon name="stop" sizePx={26} /> {t('alarmTitle')}
      </h2>
      <dl>
        <dt>{t('alarmHappened')}</dt>
        <dd>{useHappened(code)}</dd>
        <dt>{t('alarmKept')}</dt>
        <dd>
          {code === 'fork' ? t('forkKept') : code === 'rolled_back' ? t('rolled_backKept') : t('otherKept')}
        </dd>
        <dt>{t('alarmDo')}</dt>
        <dd>{useToDo(code)}</dd>
      </dl>
    </section>
  )
}

function useToDo(code: string | null): string {
  const t = useText('federation')
  switch (code) {
    case 'fork':
      return t('forkDo')
    case 'rolled_back':
      return t('rolled_backDo')
    case 'by_operator':
      return t('by_operatorDo')
    default:
      return t('otherDo')
  }
}

function useHappened(code: string | null): string {
  const t = useText('federation')
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
