/** Scrolls to a paragraph or a term: in its pane if that scrolls, otherwise on the page. */

/** A pane counts as visible if at least this much of it is in the window. */
const MARGIN_PX = 160

/** @param selector selects the target by `data-address` or `data-term` */
export function reveal(pane: HTMLElement | null, selector: string): void {
  const element = pane?.querySelector<HTMLElement>(selector)
  if (pane === null || element === null || element === undefined) return
  if (pane.scrollHeight <= pane.clientHeight + 1) {
    element.scrollIntoView({ block: 'center' })
    return
  }
  const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top
  const isInSight = top > 40 && top + element.offsetHeight < pane.clientHeight
  if (!isInSight) pane.scrollTop += top - pane.clientHeight / 4
  // A URL with an article also scrolls to the pane, which is low on the page.
  if (pane.getBoundingClientRect().top > window.innerHeight - MARGIN_PX)
    pane.scrollIntoView({ block: 'start' })
}
