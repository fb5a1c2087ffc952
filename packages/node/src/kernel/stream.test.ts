/** The stream of hints: what an open page receives. */
import { HintShape } from '#api/console.ts'
import { expect, it } from 'vitest'
import { EVERYTHING } from './command.ts'
import { createHints } from './stream.ts'

it('[API-6] sends each hint once, in the shape that the console parses, and nothing else', async () => {
  const hints = createHints()
  const stream = hints.open()
  const hint = { routes: 'exchange', id: 'i1' }
  hints.announce([hint, { ...hint }, EVERYTHING])
  hints.close()
  const events = (await stream.text()).split('\n\n').filter((event) => event.startsWith('data: '))
  const parsed = events.map((event) => HintShape.parse(JSON.parse(event.slice('data: '.length))))
  expect(parsed).toEqual([hint, EVERYTHING])
})
