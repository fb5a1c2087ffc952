/** An invariant violation that an auditor found. */

/** The invariant that the network broke, and the name of the auditor. */
export class Violation extends Error {
  readonly auditor: string
  constructor(auditor: string, what: string) {
    super(`${auditor}: ${what}`)
    this.name = 'Violation'
    this.auditor = auditor
  }
}
