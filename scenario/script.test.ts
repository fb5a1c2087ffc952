/** The parser of the scenario language: steps, and the errors of lines that cannot be parsed. */
import { describe, expect, it } from 'vitest'
import { ScriptError, openingOf, parseScript } from './script.ts'

const SCRIPT = `
# who writes
as JP analyst
write launch to KR kr-mnd-dia marked 極秘 about missile_launch for missile_warning : EXERCISE launch
  | first line
  |
  | last line
  => writing
-- the visitor takes over here
submit launch => submitted
`

describe('a script', () => {
  it('is parsed into remarks, steps and the handover to the visitor', () => {
    const entries = parseScript(SCRIPT)
    expect(entries.map(({ entry }) => entry)).toEqual(['remark', 'step', 'step', 'handover', 'step'])
    expect(openingOf(entries)).toHaveLength(3)
    expect(entries[2]).toMatchObject({
      step: {
        line: 4,
        said: { name: 'launch', partner: 'KR', marking: '極秘', title: 'EXERCISE launch' },
        text: 'first line\n\nlast line',
        expected: ['writing'],
      },
    })
    expect(entries[4]).toMatchObject({ step: { form: { usage: 'submit NAME' }, expected: ['submitted'] } })
  })

  it('may have markings with spaces, a receiver marking and sources', () => {
    const [entry] = parseScript(
      'write reply to JP jp-mod-dih marked 군사 Ⅱ급 비밀 to bear 特定秘密 about missile_launch for exercise from launch, file : T',
    )
    expect(entry).toMatchObject({
      step: {
        said: {
          marking: '군사 Ⅱ급 비밀',
          bears: '特定秘密',
          from: 'launch, file',
          purpose: 'exercise',
        },
      },
    })
  })

  it.each([
    ['opne launch for exercise', 1, 'begins no sentence'],
    ['as JP analyst\nopen launch', 2, 'open NAME for PURPOSE'],
    ['  | text of nothing', 1, 'must follow a sentence'],
    ['as jp analyst', 1, 'as NATION person'],
  ])('is refused with the line and the reason: %s', (source, line, part) => {
    expect(() => parseScript(source)).toThrow(ScriptError)
    expect(() => parseScript(source)).toThrow(`line ${line}:`)
    expect(() => parseScript(source)).toThrow(part)
  })
})
