/** Limits the length of files. The linter limits functions: see `.oxlintrc.json`. */
import { describe, it } from 'vitest'
import { expectNone, isTest, projectPaths, textOf } from './source.ts'

const FILE_LINES_MAX = 400
const COMPONENT_LINES_MAX = 200

/** Generated, or from another project. */
const NOT_OURS = /\.gen\.\w+$|^packages\/web\/public\//

const linesOf = (path: string) => textOf(path).trimEnd().split('\n').length

const longerThan = (paths: readonly string[], linesMax: number) =>
  paths
    .map((path) => ({ path, lines: linesOf(path) }))
    .filter(({ lines }) => lines > linesMax)
    .map(({ path, lines }) => `${path} has ${lines} lines, of ${linesMax} at most`)

describe('size', () => {
  const paths = projectPaths().filter((path) => !NOT_OURS.test(path))

  it('of files', () => {
    const code = paths.filter((path) => /\.(ts|tsx|mjs|css|sql|cedar)$/.test(path))
    expectNone(longerThan(code, FILE_LINES_MAX), 'split the file by subject.')
  })

  it('of components of the console', () => {
    const components = paths.filter((path) => /^packages\/web\/.*\.tsx$/.test(path) && !isTest(path))
    expectNone(
      longerThan(components, COMPONENT_LINES_MAX),
      'move a part of the page into a component of its own.',
    )
  })
})
