/** What an auditor says when the network is not as it must be. */

/** A rule that was broken, by which auditor it was seen, and where. */
export class Violation extends Error {
  readonly auditor: string
  constructor(auditor: string, what: string) {
    super(`${auditor}: ${what}`)
    this.name = 'Violation'
    this.auditor = auditor
  }
}
