/** A one-time code, shown once. */
import { Button, CopyButton } from '@mantine/core'
import { useText } from '../core/texts.ts'
import { Moment } from '../ui/Moment.tsx'
import { identityWords } from './words.ts'
import { uiWords } from '../ui/words.ts'
import classes from './Identity.module.css'

interface Props {
  readonly code: string
  readonly endsAt: string
  readonly onDone: () => void
}

export function OneTimeCode({ code, endsAt, onDone }: Props) {
  const t = useText(identityWords)
  const ui = useText(uiWords)
  return (
    <div className={classes.form}>
      <p>{t('codeOnce')}</p>
      <p className={classes.code}>
        <code>{code}</code>
      </p>
      <p className={classes.quiet}>
        {t('codeEnds')} <Moment at={endsAt} relative />
      </p>
      <div className={classes.row}>
        <CopyButton value={code}>
          {({ copied, copy }) => <Button onClick={copy}>{ui(copied ? 'copied' : 'copy')}</Button>}
        </CopyButton>
        <Button variant="filled" onClick={onDone}>
          {t('codeGiven')}
        </Button>
      </div>
    </div>
  )
}
