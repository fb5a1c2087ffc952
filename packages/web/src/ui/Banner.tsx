/** The banner above every page: the highest marking shown, and EXERCISE in an exercise. */
import { useText } from '../core/texts.ts'
import { useLadder } from '../core/nations.ts'
import { highestOf, useShownMarkings } from './shownMarkings.ts'
import { uiWords } from './words.ts'
import classes from './Banner.module.css'

export function Banner({ isExercise }: { readonly isExercise: boolean }) {
  const t = useText(uiWords)
  const markings = highestOf(useShownMarkings(), useLadder())
  return (
    <div
      className={classes.banner}
      role="region"
      aria-label={t('highest')}
      data-marked={markings.length > 0 || undefined}
    >
      {isExercise && (
        <span className={classes.exercise} title={t('exerciseMeaning')}>
          {t('exercise')}
        </span>
      )}
      <span className={classes.marking} title={t('highest')}>
        {markings.length > 0 ? markings.join(' · ') : t('noMarking')}
      </span>
    </div>
  )
}
