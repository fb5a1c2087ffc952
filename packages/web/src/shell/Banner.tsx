/** The line over every page: the highest marking on the screen, and EXERCISE where all is made up. */
import { useText } from '../i18n/index.ts'
import { useHighestMarkings } from '../ui/shownMarkings.ts'
import classes from './Frame.module.css'

export function Banner({ isExercise }: { readonly isExercise: boolean }) {
  const t = useText('shell')
  const markings = useHighestMarkings()
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
