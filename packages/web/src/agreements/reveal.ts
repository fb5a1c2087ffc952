/** Brings a paragraph or a term into sight: in its own pane where that scrolls, otherwise on the page. */

/** A pane is in sight when at least this much of it shows. */
const MARGIN_PX = 160

/** What `data-address` and `data-term` name. */
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
  // An address that names an article also scrolls to the pane, which is low on the page.
  if (pane.getBoundingClientRect().top > window.innerHeight - MARGIN_PX)
    pane.scrollIntoView({ block: 'start' })
}
