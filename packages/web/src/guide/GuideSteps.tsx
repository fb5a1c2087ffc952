/** All steps of the opening: which are done, and which is next. */
import { useText } from '../core/texts.ts'
import { Icon } from '../ui/icons.tsx'
import { STEPS, WHERE } from './steps.ts'
import type { Step } from './steps.ts'
import { guideWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import classes from './Guide.module.css'

interface Props {
  readonly done: ReadonlySet<Step>
  readonly next: Step | null
}

export function GuideSteps({ done, next }: Props) {
  const t = useText(guideWords)
  const nationName = useNationName()
  return (
    <ol className={classes.steps}>
      {STEPS.map((step) => (
        <li
          key={step}
          aria-current={step === next ? 'step' : undefined}
          data-done={done.has(step) || undefined}
        >
          <span className={classes.mark}>
            {done.has(step) && <Icon name="tick" sizePx={15} />}
            {step === next && <Icon name="right" sizePx={15} />}
          </span>
          <span>
            <span className={classes.place}>
              {nationName(WHERE[step].nation)} · {WHERE[step].person}
            </span>{' '}
            {t(step)}
          </span>
        </li>
      ))}
    </ol>
  )
}
