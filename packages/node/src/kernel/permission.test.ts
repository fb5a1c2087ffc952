import { describe, expect, it } from 'vitest'
import { ROLES } from '#api/identity.ts'
import { PILLARS } from '#node/pillars.ts'
import { MAY, mayAsk, permit } from '#node/kernel/permission.ts'

const PERMISSIONS = [...Object.values(MAY), ...PILLARS.flatMap(({ permissions }) => permissions)]

/** A line for every command, with the roles that may use it. */
function roleTable(): string {
  const width = Math.max(...PERMISSIONS.map(({ command }) => command.length)) + 2
  const lines = PERMISSIONS.map((permission) => {
    const able = ROLES.filter((role) => mayAsk([role], permission))
    return permission.command.padEnd(width) + (able.length === ROLES.length ? 'everyone' : able.join(', '))
  })
  return `${lines.join('\n')}\n`
}

describe('roles', () => {
  it('[ID-3] are exactly what the table says', async () => {
    await expect(roleTable()).toMatchFileSnapshot('./roles.txt')
  })

  it('[ID-3] add up, and an unknown one gives nothing', () => {
    expect(permit(['analyst', 'security_officer'], MAY['clearance.grant'])).toBe(true)
    for (const permission of PERMISSIONS)
      expect(mayAsk(['root', '', 'ADMINISTRATOR'], permission), permission.command).toBe(false)
    expect(permit([], MAY['person.create'])).toEqual({
      refused: true,
      reasons: [{ code: 'not_permitted', because: [{ instrument: 'entente', article: 'ID-3' }] }],
    })
  })

  it('[ID-4] give the administrator no content, no clearance and no need-to-know', () => {
    const closed = PERMISSIONS.filter(({ command }) =>
      /^(?:exchange|register|evidence|decision|assurance|clearance|need_to_know)\./.test(command),
    )
    expect(closed.length).toBeGreaterThan(10)
    for (const permission of closed)
      expect(mayAsk(['administrator'], permission), permission.command).toBe(false)
  })
})
