import { describe, expect, it } from 'vitest'
import { ROLES } from '#api/identity.ts'
import { COMMANDS, mayAsk, permit } from './role.ts'

/** The table as a lawyer reads it: a line for each command, and who may ask for it. */
function roleTable(): string {
  const width = Math.max(...COMMANDS.map((command) => command.length)) + 2
  const lines = COMMANDS.map((command) => {
    const able = ROLES.filter((role) => mayAsk([role], command))
    return command.padEnd(width) + (able.length === ROLES.length ? 'everyone' : able.join(', '))
  })
  return `${lines.join('\n')}\n`
}

describe('roles', () => {
  it('[ID-3] are what the table says, no more and no less', async () => {
    await expect(roleTable()).toMatchFileSnapshot('./roles.txt')
  })

  it('[ID-3] add up, and an unknown one gives nothing', () => {
    expect(permit(['analyst', 'security_officer'], 'clearance.grant')).toBe(true)
    for (const command of COMMANDS)
      expect(mayAsk(['root', '', 'ADMINISTRATOR'], command), command).toBe(false)
    expect(permit([], 'person.create')).toEqual({
      refused: true,
      reasons: [{ code: 'not_permitted', because: [{ instrument: 'national', article: 'ID-3' }] }],
    })
  })

  it('[ID-4] give the administrator no content, no clearance and no need-to-know', () => {
    const closed = COMMANDS.filter((command) =>
      /^(?:exchange|register|evidence|decision|assurance|clearance|need_to_know)\./.test(command),
    )
    expect(closed.length).toBeGreaterThan(10)
    for (const command of closed) expect(mayAsk(['administrator'], command), command).toBe(false)
  })
})
