/** How a node keeps its people: everything here is configuration, given when the node starts. Pure. */
import type { LockoutRule } from './lockout.ts'
import { LOCKOUT } from './lockout.ts'
import { PASSWORD_LENGTH_MIN, PASSWORD_PROFILES } from './password.ts'
import type { PasswordProfile } from './password.ts'
import { SESSION_LIMITS } from './session.ts'
import type { SessionLimits } from './session.ts'

export interface IdentitySettings {
  /**
   * For new passwords; what is stored keeps its own until it is changed. Pass it through `availableProfile`.
   */
  readonly password: PasswordProfile
  readonly passwordLengthMin: number
  /** How many passwords are looked at in one moment, in one process. */
  readonly passwordsAtOnceMax: number
  readonly session: SessionLimits
  readonly lockout: LockoutRule
  /** The nation's own markings, lowest first, exactly as it writes them. */
  readonly markings: readonly string[]
  /** In an exercise only: anyone may read whom one can sign in as. */
  readonly offersPeople: boolean
}

/** What a node has unless it is told otherwise. */
export const IDENTITY_SETTINGS: Omit<IdentitySettings, 'markings'> = {
  password: PASSWORD_PROFILES.strong,
  passwordLengthMin: PASSWORD_LENGTH_MIN,
  passwordsAtOnceMax: 16,
  session: SESSION_LIMITS,
  lockout: LOCKOUT,
  offersPeople: false,
}
