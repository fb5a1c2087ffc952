/** What happens to the question if the database fails during the look-up. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { NATIONS } from '#node/testFacts.ts'
import { situationOf } from './situation.view.ts'

const unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)
beforeEach(() => void process.on('unhandledRejection', note))
afterEach(() => void process.off('unhandledRejection', note))

it('ends in one error when neither the law nor the person can be read, and the process goes on', async () => {
  const gone = (): Promise<never> => Promise.reject(new Error('the database does not answer'))
  const view = { nation: 'JP', tx: null as never, world: { now: () => 0 } }
  const matter = { from: 'JP', to: 'KR' } as never
  const asked = situationOf(
    view,
    { readLaw: gone, nations: NATIONS },
    { action: 'release', matter, actor: gone() },
  )
  await expect(asked).rejects.toThrow('the database does not answer')
  // Node reports a rejection that nobody handled when the microtasks have run.
  await new Promise(setImmediate)
  expect(unhandled).toEqual([])
})
