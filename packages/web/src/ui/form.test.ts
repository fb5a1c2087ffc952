/** The first render of a form: the contract of its route says which fields are required. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { identity } from '#api/identity.ts'
import { startTexts } from '../core/texts.ts'
import { useRouteForm } from './form.ts'

function Probe() {
  const form = useRouteForm(identity.signIn, {
    initial: { person: 'analyst', password: '' },
    input: (values) => values,
  })
  const { name, required, value, error, 'data-path': path } = form.field('person')
  return createElement('p', null, JSON.stringify({ name, required, value, error, path }))
}

test('the fields of two forms on one page have different ids', () => {
  startTexts('en')
  const drawn = renderToString(
    createElement(
      QueryClientProvider,
      { client: new QueryClient() },
      createElement(Probe),
      createElement(Probe),
    ),
  )
  const fields = drawn
    .replaceAll('&quot;', '"')
    .match(/\{[^}]*\}/g)!
    .map((text) => JSON.parse(text) as { path: string })
  expect(fields).toHaveLength(2)
  expect(fields[0]).toMatchObject({ name: 'person', required: true, value: 'analyst' })
  expect(fields[0]!.path).not.toBe(fields[1]!.path)
})
