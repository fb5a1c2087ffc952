/**
 * The rules of `spec/` and the code name each other: every rule is cited by a test or by code, and every citation
 * names a rule. A rule is defined by a line that starts with its id in bold, as a list item: a dash, the id, a text.
 */
import { describe, expect, it } from 'vitest'
import { rules, wordsOf } from '#words/pillars.ts'
import { expectNone, isTest, lineAt, projectPaths, textOf } from './source.ts'

interface Text {
  readonly path: string
  readonly text: string
}

const DEFINITION = /^- \*\*([A-Z]{2,8}-\d+)\*\* \S/gm

/** Any line that sets out an id in bold or as a heading, whether or not in the one form. */
const ANY_DEFINITION = /^(?:#+ |[-*] |\d+\. )?(?:\*\*)?([A-Z]{2,8}-\d+)(?:\*\*|:| )/gm

const CITATION = /\b([A-Z]{2,8})-\d+\b/g
const CITATION_IN_TEST_NAME = /\[([A-Z]{2,8}-\d+)\]/g

/** The ids that `spec` defines, each with the places that define it. */
function definitionsIn(spec: readonly Text[]): Map<string, string[]> {
  const places = new Map<string, string[]>()
  for (const { path, text } of spec) {
    for (const match of text.matchAll(DEFINITION)) {
      const id = match[1] ?? ''
      places.set(id, [...(places.get(id) ?? []), `${path}:${lineAt(text, match.index)}`])
    }
  }
  return places
}

/** The ids that a file cites. Letters that no rule starts with, as in SHA-384, are a citation only in brackets in a test. */
function citationsIn({ path, text }: Text, prefixes: ReadonlySet<string>): { id: string; place: string }[] {
  const plain = [...text.matchAll(CITATION)].filter((match) => prefixes.has(match[1] ?? ''))
  const named = isTest(path) ? [...text.matchAll(CITATION_IN_TEST_NAME)] : []
  return [
    ...plain.map((match) => ({ id: match[0], place: `${path}:${lineAt(text, match.index)}` })),
    ...named.map((match) => ({ id: match[1] ?? '', place: `${path}:${lineAt(text, match.index)}` })),
  ]
}

/** The rules of the nation itself that a file cites in refusals. */
function citedNational(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /\bnational\(|instrument: 'national'/.test(line))
    .flatMap((line) => [...line.matchAll(/'(\d|[A-Z]{2,8}-\d+)'/g)].map((match) => match[1] ?? ''))
}

function compare(spec: readonly Text[], code: readonly Text[]) {
  const definitions = definitionsIn(spec)
  const prefixes = new Set([...definitions.keys()].map((id) => id.slice(0, id.lastIndexOf('-'))))
  const citations = code.flatMap((file) => citationsIn(file, prefixes))
  const cited = new Set(citations.map(({ id }) => id))
  return {
    uncited: [...definitions].filter(([id]) => !cited.has(id)).map(([id, places]) => `${places[0]} ${id}`),
    unknown: citations.filter(({ id }) => !definitions.has(id)).map(({ id, place }) => `${place} ${id}`),
    doubled: [...definitions]
      .filter(([, places]) => places.length > 1)
      .map(([id, places]) => `${id} ${places.join(' ')}`),
    misshapen: spec.flatMap(({ path, text }) =>
      [...text.matchAll(ANY_DEFINITION)]
        .filter((match) => !definitions.has(match[1] ?? ''))
        .map((match) => `${path}:${lineAt(text, match.index)} ${match[0].trim()}`),
    ),
  }
}

describe('rules', () => {
  const paths = projectPaths()
  const read = (path: string): Text => ({ path, text: textOf(path) })
  const spec = paths.filter((path) => /^spec\/[^/]+\.md$/.test(path)).map(read)
  const code = paths
    .filter((path) => /^(packages|sim|scenario|bench)\/.*\.(ts|tsx|mjs|sql|cedar|txt)$/.test(path))
    .map(read)
  const found = compare(spec, code)

  it('are there', () => {
    expect(definitionsIn(spec).size).toBeGreaterThan(0)
  })

  it('are defined once, in the one form', () => {
    expectNone(
      [...found.doubled, ...found.misshapen],
      'define a rule once, by a line such as: - **LOG-3** text.',
    )
  })

  it('are each cited', () => {
    expectNone(
      found.uncited,
      'name a test that could fail after the rule, as [LOG-3], or cite it where the code keeps it.',
    )
  })

  it('exist wherever one is cited', () => {
    expectNone(found.unknown, 'correct the id, or write the rule into spec/ first.')
  })

  it('have plain words wherever a refusal cites one', () => {
    const cited = code
      .filter(({ path }) => path.startsWith('packages/node/src/') && !isTest(path))
      .flatMap(({ path, text }) => citedNational(text).map((rule) => ({ path, rule })))
    expect(cited.length).toBeGreaterThan(0)
    expectNone(
      cited

        .filter(({ rule }) => wordsOf(rules, rule) === null)
        .map(({ path, rule }) => `${path} ${rule}`),
      'write the rule in plain words into the `rules` of its room in packages/words.',
    )
  })
})

describe('the check of rules itself', () => {
  const spec = [
    { path: 'spec/a.md', text: '- **AB-1** one\n- **AB-2** two\n- **AB-2** again\n\n**AB-4** loose\n' },
  ]
  const code = [
    { path: 'packages/a.test.ts', text: `it('[AB-1] holds', …); it('[CD-1] holds', …)` },
    { path: 'packages/a.ts', text: '/** Rule AB-3, with SHA-384. */' },
  ]

  it('finds what is uncited, unknown, doubled and out of form', () => {
    expect(compare(spec, code)).toEqual({
      uncited: ['spec/a.md:2 AB-2'],
      unknown: ['packages/a.test.ts:1 CD-1', 'packages/a.ts:1 AB-3'],
      doubled: ['AB-2 spec/a.md:2 spec/a.md:3'],
      misshapen: ['spec/a.md:5 **AB-4**'],
    })
  })
})
