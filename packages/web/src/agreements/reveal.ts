/** Brings a paragraph or a term into sight: in its own pane where that scrolls, otherwise on the page. */

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
}
