/** The cast of the built-in exercise: three nations and their people. */
import type { ExercisePerson } from '#node/identity/seed.commands.ts'

/** Everyone's password. Printed at the start, and valid only in the exercise. */
export const EXERCISE_PASSWORD = 'exercise-exercise-2026'

export interface CastNation {
  readonly nation: string
  /** Offset of the nation's ports from the base port. */
  readonly offset: number
  readonly people: (nowMs: number) => readonly ExercisePerson[]
}

const DAY_MS = 86_400_000

interface Part {
  readonly id: string
  readonly office: string
  readonly roles: ExercisePerson['roles']
  readonly organisation?: string
  readonly clearance?: string
  readonly needToKnow?: readonly string[]
}

function people(organisation: string, parts: readonly Part[]): CastNation['people'] {
  return (nowMs) =>
    parts.map((part) => {
      const dates = { from: nowMs - 30 * DAY_MS, until: nowMs + 335 * DAY_MS }
      return {
        id: part.id,
        office: part.office,
        organisation: part.organisation ?? organisation,
        roles: part.roles,
        ...(part.clearance === undefined ? {} : { clearance: { marking: part.clearance, ...dates } }),
        needToKnow: (part.needToKnow ?? []).map((scope) => ({ scope, ...dates })),
      }
    })
}

const LAUNCHES = ['category:missile_launch', 'category:missile_programme']

/** The offices for registry, security, inspection, treaties, supply and administration. */
function staff(nation: string, top: string): Part[] {
  return [
    { id: 'registrar', office: `${nation} Registry`, roles: ['registrar'], clearance: top },
    { id: 'security-officer', office: `${nation} Security`, roles: ['security_officer'], clearance: top },
    { id: 'inspector', office: `${nation} Inspection`, roles: ['inspector'], clearance: top },
    { id: 'treaty-officer', office: `${nation} Treaties`, roles: ['treaty_officer'] },
    { id: 'supply-officer', office: `${nation} Supply`, roles: ['supply_officer'] },
    { id: 'administrator', office: `${nation} Administration`, roles: ['administrator'] },
  ]
}

/** The offices that write, release and read reports. */
function desk(nation: string, top: string, low: string): Part[] {
  return [
    { id: 'analyst', office: `${nation} Analysis`, roles: ['analyst'], clearance: top, needToKnow: LAUNCHES },
    {
      id: 'release-authority-1',
      office: `${nation} Release, first`,
      roles: ['release_authority'],
      clearance: top,
    },
    {
      id: 'release-authority-2',
      office: `${nation} Release, second`,
      roles: ['release_authority'],
      clearance: top,
    },
    {
      id: 'officer',
      office: `${nation} Warning Desk`,
      roles: ['officer'],
      clearance: top,
      needToKnow: LAUNCHES,
    },
    {
      id: 'officer-low',
      office: `${nation} Liaison`,
      roles: ['officer'],
      clearance: low,
      needToKnow: LAUNCHES,
    },
    { id: 'officer-uncleared', office: `${nation} Training`, roles: ['officer'], needToKnow: LAUNCHES },
    { id: 'officer-elsewhere', office: `${nation} Plans`, roles: ['officer'], clearance: top },
    {
      id: 'duty-officer',
      office: `${nation} Duty Desk`,
      roles: ['analyst', 'release_authority'],
      clearance: top,
      needToKnow: LAUNCHES,
    },
    {
      id: 'watch-officer',
      office: `${nation} Watch`,
      roles: ['watch_officer'],
      clearance: top,
      needToKnow: LAUNCHES,
    },
  ]
}

/** The three nations of the exercise. */
export const CAST: readonly CastNation[] = [
  {
    nation: 'JP',
    offset: 0,
    people: people('jp-mod-dih', [...desk('JP', '極秘', '秘'), ...staff('JP', '極秘')]),
  },
  {
    nation: 'KR',
    offset: 100,
    people: people('kr-mnd-dia', [
      ...desk('KR', '군사 Ⅱ급 비밀', '군사 Ⅲ급 비밀'),
      ...staff('KR', '군사 Ⅱ급 비밀'),
    ]),
  },
  {
    nation: 'US',
    offset: 200,
    people: people('us-indopacom-j2', [...desk('US', 'SECRET', 'CONFIDENTIAL'), ...staff('US', 'SECRET')]),
  },
]
