/** A link inside the console, followed without reloading the page. */
import { useRouter, useRouterState } from '@tanstack/react-router'
import type { MouseEvent, ReactNode, Ref } from 'react'

interface Props {
  /** An address built by `paths.ts`. */
  readonly to: string
  readonly children: ReactNode
  readonly className?: string | undefined
  readonly title?: string
  readonly onFollow?: () => void
  readonly ref?: Ref<HTMLAnchorElement>
  readonly tabIndex?: number
  /** When the link is marked as the current page: on the exact path only, or on paths below it too. */
  readonly current?: 'exact' | 'below'
}

export function PageLink({ to, children, className, title, onFollow, ref, tabIndex, current }: Props) {
  const router = useRouter()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const target = to.split('?')[0] ?? to
  const isCurrent =
    current !== undefined &&
    (pathname === target || (current === 'below' && pathname.startsWith(`${target}/`)))

  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onFollow?.()
    void router.navigate({ href: to })
  }
  return (
    <a
      ref={ref}
      href={to}
      className={className}
      title={title}
      tabIndex={tabIndex}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={follow}
      onPointerEnter={() => void router.preloadRoute({ to: target })}
    >
      {children}
    </a>
  )
}
