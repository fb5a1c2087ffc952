/** A page never shows a reply that is older than the last hint. */
import { QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import { queryClient, refreshRoutes } from './queries.ts'

afterEach(() => queryClient.clear())

/** Shows a draft; the test answers its reads, in the order of the calls. */
function show() {
  const answers: ((words: string) => void)[] = []
  const observer = new QueryObserver(queryClient, {
    queryKey: ['exchange.drafts.get', { draft: '1' }],
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
  })
  const stop = observer.subscribe(() => undefined)
  return { answers, observer, stop }
}

test('a change during the first read causes a second one, and the late answer is not shown', async () => {
  const { answers, observer, stop } = show()
  expect(answers).toHaveLength(1)
  const refreshed = refreshRoutes('exchange')
  await expect.poll(() => answers.length).toBe(2)
  answers[0]!('before the change')
  answers[1]!('after the change')
  await refreshed
  expect(observer.getCurrentResult()).toMatchObject({ status: 'success', data: 'after the change' })
  stop()
})

test('a change after the first read keeps the old reply shown until the new one arrives', async () => {
  const { answers, observer, stop } = show()
  answers[0]!('before the change')
  await expect.poll(() => observer.getCurrentResult().data).toBe('before the change')
  const refreshed = refreshRoutes('exchange')
  await expect.poll(() => answers.length).toBe(2)
  expect(observer.getCurrentResult().data).toBe('before the change')
  answers[1]!('after the change')
  await refreshed
  expect(observer.getCurrentResult().data).toBe('after the change')
  stop()
})

test('a query that is not stale is not refetched', async () => {
  const { answers, stop } = show()
  await refreshRoutes('identity')
  expect(answers).toHaveLength(1)
  answers[0]!('answered')
  stop()
})
