/** The next step, from what each node can see; and the people that the guide names are in the cast. */
import { expect, test } from 'vitest'
import { CAST } from '#scenario/cast.ts'
import { STEPS, TICKED, WHERE, commandOf, doneSteps, nextStep, targetOf } from './steps.ts'
import type { Seen, Step } from './steps.ts'

const nothing: Seen = { drafts: [], items: [], openings: [], ticked: new Set() }
const item = (state: string) => ({ id: 'i1', control: 'JP-2026-0001', state })

test('the reporter proceeds from the waiting report to its second approval', () => {
  const waiting: Seen = { ...nothing, drafts: [{ id: 'd1', approvals: 0 }] }
  expect(nextStep(waiting)).toBe('look')
  expect(targetOf('look', waiting)).toEqual({ draft: 'd1' })
  expect(nextStep({ ...waiting, ticked: new Set(['look']) })).toBe('approveFirst')
  expect(nextStep({ ...waiting, drafts: [{ id: 'd1', approvals: 1 }] })).toBe('approveSecond')
  expect(nextStep({ ...nothing, items: [item('offered')] })).toBe('openRefused')
  // One report crossed before the visitor came; the visitor releases the waiting one.
  const both: Seen = { ...waiting, items: [item('accepted')] }
  expect(nextStep(both)).toBe('look')
  expect(nextStep({ ...both, ticked: new Set(['openRefused']) })).toBe('open')
  expect(nextStep({ ...both, items: [item('receipted')] })).toBe('opened')
})

test('the receiver sees the refusal, the opening and the receipt', () => {
  const accepted: Seen = { ...nothing, items: [item('accepted')] }
  expect(nextStep({ ...accepted, openings: [{ outcome: 'refused' }] })).toBe('open')
  expect(nextStep({ ...accepted, openings: [{ outcome: 'refused' }, { outcome: 'opened' }] })).toBe('receipt')
  expect(nextStep({ ...accepted, openings: [{ outcome: 'receipted' }] })).toBe('opened')
  expect(nextStep({ ...nothing, items: [item('receipted')] })).toBe('opened')
  expect(targetOf('open', accepted)).toEqual({ item: 'i1' })
})

test('the visitor ticks off steps that no node can see, and after the last step there is none', () => {
  const opened: Seen = { ...nothing, items: [item('receipted')] }
  const ticked = new Set<string>()
  for (const step of ['opened', 'evidence', 'order', 'breakProof'] as const) {
    expect(nextStep({ ...opened, ticked })).toBe(step)
    ticked.add(step)
  }
  expect(nextStep({ ...opened, ticked })).toBeNull()
  expect(doneSteps({ ...opened, ticked }).size).toBe(STEPS.length)
  // Only known steps can be ticked, and not those that the node shows.
  expect(doneSteps({ ...nothing, ticked: new Set(['approveSecond', 'x']) }).size).toBe(0)
  expect(TICKED).not.toContain('approveFirst')
})

test('the people that the guide names are in the cast of their nation', () => {
  for (const step of STEPS) {
    const { nation, person } = WHERE[step]
    const people = CAST.find((member) => member.nation === nation)?.people(0) ?? []
    expect(
      people.map((person) => person.id),
      step,
    ).toContain(person)
  }
})

test('commands contain the file name of the item', () => {
  const command = (step: Step, fingerprint: string | null = null) =>
    commandOf(step, 'JP-2026-0001', fingerprint)
  expect(command('evidence')).toMatch(/verify JP-2026-0001\.entente-evidence\.json$/)
  expect(command('evidence', '11111 22222')).toMatch(/ --fingerprint "11111 22222"$/)
  expect(command('breakProof')).toContain('verify broken.json')
  expect(command('order')).toBeNull()
})
