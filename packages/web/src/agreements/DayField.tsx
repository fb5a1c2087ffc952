/** Chooses the day on which agreements are looked at; it stands in the address. */
import { Button, TextInput } from '@mantine/core'
import { useText } from '../i18n/index.ts'
import { isDay, today } from './day.ts'
import classes from './Agreements.module.css'

interface Props {
  readonly day: string
  readonly onDay: (day: string) => void
}

export function DayField({ day, onDay }: Props) {
  const t = useText('agreements')
  const isToday = day === today()
  return (
    <div className={classes.dayField}>
      <TextInput
        type="date"
        label={t('day')}
        size="sm"
        value={day}
        required
        onChange={(event) => {
          if (isDay(event.currentTarget.value)) onDay(event.currentTarget.value)
        }}
      />
      <Button onClick={() => onDay(today())} disabled={isToday}>
        {t('today')}
      </Button>
    </div>
  )
}
