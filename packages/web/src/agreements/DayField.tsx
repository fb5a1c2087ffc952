/** A field for the day on which agreements are viewed, as an ISO date. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../core/texts.ts'
import { isDay, today } from './day.ts'
import { agreementWords } from './words.ts'
import classes from './Agreements.module.css'

interface Props {
  readonly day: string
  readonly onDay: (day: string) => void
}

export function DayField({ day, onDay }: Props) {
  const t = useText(agreementWords)
  const [typed, setTyped] = useState(day)
  const [followed, setFollowed] = useState(day)
  // The day changed elsewhere (the slider, a link): the field follows.
  if (followed !== day) {
    setFollowed(day)
    setTyped(day)
  }
  return (
    <div className={classes.dayField}>
      <TextInput
        label={t('day')}
        placeholder="YYYY-MM-DD"
        inputMode="numeric"
        w={150}
        value={typed}
        maxLength={10}
        error={typed.length === 10 && !isDay(typed)}
        onChange={(event) => {
          const next = event.currentTarget.value
          setTyped(next)
          if (isDay(next)) onDay(next)
        }}
        onBlur={() => setTyped(day)}
      />
      <Button onClick={() => onDay(today())} disabled={day === today()}>
        {t('today')}
      </Button>
    </div>
  )
}
