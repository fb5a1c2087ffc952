/** The configuration of identity, set when the node starts. Pure. */
import type { LockoutRule } from './lockout.ts'
import { LOCKOUT } from './lockout.ts'
import { PASSWORD_LENGTH_MIN, PASSWORD_PROFILES } from './password.ts'
import type { PasswordProfile } from './password.ts'
import { SESSION_LIMITS } from './session.ts'
import type { SessionLimits } from './session.ts'

export interface IdentitySettings {
  /**
   * The profile of new passwords; a stored one keeps its own until it is changed. Pass it through `availableProfile`.
   */
  readonly password: PasswordProfile
  readonly passwordLengthMin: number
  /** How many passwords one process checks at a time. */
  readonly passwordChecksMax: number
  readonly session: SessionLimits
  readonly lockout: LockoutRule
  /** The nation's own markings, lowest first, exactly as it writes them. */
  readonly markings: readonly string[]
  /** For an exercise: lists the people to sign in as without a session. */
  readonly offersPeople: boolean
}

/** The defaults. */
export const IDENTITY_SETTINGS: Omit<IdentitySettings, 'markings'> = {
  password: PASSWORD_PROFILES.strong,
  passwordLengthMin: PASSWORD_LENGTH_MIN,
  passwordChecksMax: 16,
  session: SESSION_LIMITS,
  lockout: LOCKOUT,
  offersPeople: false,
}
