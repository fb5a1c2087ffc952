/** A placeholder for a page that is loading. */
import { Skeleton } from '@mantine/core'
import { useText } from '../core/texts.ts'
import { uiWords } from './words.ts'
import classes from './PageFrame.module.css'

export function PageSkeleton({ lines = 6 }: { readonly lines?: number }) {
  const t = useText(uiWords)
  return (
    <div className={classes.shape} role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} height={28} width={`${96 - ((index * 17) % 40)}%`} radius={2} />
      ))}
    </div>
  )
}
