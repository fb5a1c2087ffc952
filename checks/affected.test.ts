/** `npm test -- --changed` runs the suites that a change can affect, and no others. */
import { describe, expect, it } from 'vitest'
import { affectedSuites, readCheckout, usedBy } from './affected.ts'

const CHECKOUT = readCheckout()

/** The suites outside `checks/`; those in it always run. */
function suitesOf(...changed: string[]): readonly string[] {
  return affectedSuites(changed, CHECKOUT)?.filter((path) => !path.startsWith('checks/')) ?? ['all']
}

describe('a change of', () => {
  it('a pure file affects what imports it, over several files', () => {
    const suites = suitesOf('packages/wire/src/log/merkle.ts')
    expect(suites).toContain('packages/wire/src/log/merkle.test.ts')
    expect(suites).toContain('packages/node/src/federation/federation.test.ts')
    expect(suites).toContain('sim/sim.odd.test.ts')
    expect(suites).not.toContain('packages/web/src/core/texts.test.ts')
  })

  it('a suite affects that suite', () => {
    expect(suitesOf('packages/node/src/law/status.test.ts')).toEqual(['packages/node/src/law/status.test.ts'])
  })

  it.each([
    ['packages/node/src/exchange/policies/30-release.cedar', 'packages/node/src/matrix.test.ts'],
    [
      'packages/node/src/exchange/migrations/0001-exchange.sql',
      'packages/node/src/exchange/exchange.test.ts',
    ],
    ['instruments/jp-kr-gsomia-2016/terms.json', 'packages/node/src/law/instrument.test.ts'],
    ['spec/vectors/log/notes.json', 'packages/wire/src/log/note.test.ts'],
    ['spec/vectors/statement/statements.json', 'packages/wire/src/statement.test.ts'],
    ['packages/node/src/kernel/roles.txt', 'packages/node/src/kernel/permission.test.ts'],
    ['scenario/01-a-report-crosses.txt', 'scenario/scenario.test.ts'],
    ['sim/seeds.txt', 'sim/sim.even.test.ts'],
    ['packages/web/index.html', 'scenario/browser.test.ts'],
    ['packages/web/src/logistics/words.ts', 'packages/web/src/core/texts.test.ts'],
    ['packages/web/src/logistics/OrdersPage.tsx', 'scenario/browser.test.ts'],
    ['packages/words/src/exchange.ts', 'packages/web/src/slices.test.ts'],
    ['scenario/nodeProcess.ts', 'scenario/kill.test.ts'],
    ['packages/cli/src/doctor.ts', 'packages/cli/src/operators.test.ts'],
  ])('%s affects %s', (changed, suite) => {
    expect(suitesOf(changed)).toContain(suite)
  })

  it('a document affects only the checks', () => {
    expect(suitesOf('docs/OPERATING.md', 'README.md')).toEqual([])
    expect(affectedSuites(['README.md'], CHECKOUT)).toContain('checks/names.test.ts')
  })

  it('a file that every suite depends on affects all', () => {
    for (const path of ['package-lock.json', 'vitest.config.ts', 'checks/postgres.setup.ts'])
      expect(suitesOf(path), path).toEqual(['all'])
  })
})

it('a file that is imported only for its types affects nothing', () => {
  const paths = ['sim/a.ts', 'sim/b.ts', 'sim/c.ts']
  const text = `import type { B } from './b.ts'\nimport { c } from './c.ts'\n`
  expect(usedBy('sim/a.ts', text, paths)).toEqual(new Set(['sim/c.ts']))
})
