/** The objection of an auditor. */

/** A rule that the network broke, and the auditor that found it. */
export class Violation extends Error {
  readonly auditor: string
  constructor(auditor: string, what: string) {
    super(`${auditor}: ${what}`)
    this.name = 'Violation'
    this.auditor = auditor
  }
}
