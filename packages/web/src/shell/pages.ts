/** The pages that the console offers at its left, in their order. */
import { useRouter } from '@tanstack/react-router'
import type { TextKey } from '../i18n/texts.ts'
import { paths } from '../paths.ts'
import type { IconName } from '../ui/icons.tsx'

interface OfferedPage {
  readonly name: TextKey<'shell'> & IconName
  readonly to: string
  /** Shown in the bottom bar of a phone; the others stand under "more". */
  readonly onPhone: boolean
}

const OFFERED_PAGES: readonly OfferedPage[] = [
  { name: 'desk', to: paths.desk(), onPhone: true },
  { name: 'compose', to: paths.compose(), onPhone: true },
  { name: 'items', to: paths.items(), onPhone: true },
  { name: 'register', to: paths.register(), onPhone: true },
  { name: 'links', to: paths.links(), onPhone: false },
  { name: 'agreements', to: paths.agreements(), onPhone: false },
  { name: 'orders', to: paths.orders(), onPhone: false },
  { name: 'people', to: paths.people(), onPhone: false },
]

/** Those that this build of the console has. */
export function useOfferedPages(): readonly OfferedPage[] {
  const router = useRouter()
  const known: Readonly<Record<string, unknown>> = router.routesByPath
  return OFFERED_PAGES.filter((page) => page.to in known)
}
