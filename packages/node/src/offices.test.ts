/** Who may do what, as three tables say it: the gate's office rules, the authorities of keys, and the role table. */
import { describe, expect, it } from 'vitest'
import { ROLES } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { AUTHORITIES } from '#api/pillars.ts'
import { ACTS } from '#wire/pillars.ts'
import type { ActName } from '#wire/pillars.ts'
import { EXCHANGE } from './exchange/permissions.ts'
import { factsFor, GATE, JP_KR } from './testFacts.ts'
import type { Permission } from '#node/kernel/permission.ts'

/** For every signed act: the actions that the gate decides on before it is signed, and the command that signs it. */
const ASKED: Readonly<
  Record<ActName, { readonly actions: readonly string[]; readonly command: Permission }>
> = {
  'exchange.submit': { actions: ['submit'], command: EXCHANGE['exchange.compose'] },
  'exchange.approve': { actions: ['approve', 'release'], command: EXCHANGE['exchange.approve'] },
  'exchange.receipt': { actions: ['open'], command: EXCHANGE['exchange.receipt'] },
  'assurance.give': { actions: ['assure'], command: EXCHANGE['assurance.give'] },
  'assurance.withdraw': { actions: [], command: EXCHANGE['assurance.give'] },
}

/** The roles that the gate's office rule lets take an action. */
function officesOf(action: string): readonly Role[] {
  return ROLES.filter((role) => {
    const { reasons } = GATE.decide(factsFor(action, { actor: { roles: [role] } }), JP_KR)
    return !reasons.some(({ code }) => code === 'not_authorised')
  })
}

describe('the offices of an act', () => {
  it.each(Object.keys(ACTS) as ActName[])('[ID-50] [GATE-4] of %s are the same in every table', (act) => {
    const { actions, command } = ASKED[act]
    const authorised = ROLES.filter((role) => AUTHORITIES[role]?.includes(ACTS[act]))
    expect(authorised).not.toEqual([])
    expect(ROLES.filter((role) => command.roles.includes(role))).toEqual(authorised)
    for (const action of actions) expect(officesOf(action), action).toEqual(authorised)
  })

  it('[EVI-44] of evidence with the opening are those that export evidence', () => {
    const { roles } = EXCHANGE['evidence.export']
    expect(officesOf('reveal')).toEqual(ROLES.filter((role) => roles.includes(role)))
  })
})
