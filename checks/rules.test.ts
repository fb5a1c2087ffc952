/**
 * Every rule of `spec/` is cited by a test or by code, and every citation names a rule. A rule is defined by
 * a list item that starts with its id in bold.
 */
import { describe, expect, it } from 'vitest'
import { rules, wordsOf } from '#words/pillars.ts'
import { expectNone, isTest, lineAt, projectPaths, textOf } from './source.ts'

interface Text {
  readonly path: string
  readonly text: string
}

const DEFINITION = /^- \*\*([A-Z]{2,8}-\d+)\*\* \S/gm

/** Any line that starts with an id in bold or as a heading, well-formed or not. */
const ANY_DEFINITION = /^(?:#+ |[-*] |\d+\. )?(?:\*\*)?([A-Z]{2,8}-\d+)(?:\*\*|:| )/gm

const CITATION = /\b([A-Z]{2,8})-\d+\b/g
const CITATION_IN_TEST_NAME = /\[([A-Z]{2,8}-\d+)\]/g

/** The ids that `spec` defines, with the locations (`path:line`) of their definitions. */
function definitionsIn(spec: readonly Text[]): Map<string, string[]> {
  const definitions = new Map<string, string[]>()
  for (const { path, text } of spec) {
    for (const match of text.matchAll(DEFINITION)) {
      const id = match[1] ?? ''
      definitions.set(id, [...(definitions.get(id) ?? []), `${path}:${lineAt(text, match.index)}`])
    }
  }
  return definitions
}

interface Citation {
  readonly id: string
  /** `path:line`. */
  readonly location: string
}

/**
 * The ids that a file cites. Without a known prefix, as in SHA-384, an id counts only in brackets in a test.
 */
function citationsIn({ path, text }: Text, prefixes: ReadonlySet<string>): Citation[] {
  const plain = [...text.matchAll(CITATION)].filter((match) => prefixes.has(match[1] ?? ''))
  const named = isTest(path) ? [...text.matchAll(CITATION_IN_TEST_NAME)] : []
  return [
    ...plain.map((match) => ({ id: match[0], location: `${path}:${lineAt(text, match.index)}` })),
    ...named.map((match) => ({ id: match[1] ?? '', location: `${path}:${lineAt(text, match.index)}` })),
  ]
}

/** The national and software rules (not articles of an agreement) that a file cites in refusals. */
function citedRules(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /\bententeRule\(|instrument: 'national'/.test(line))
    .flatMap((line) => [...line.matchAll(/'(\d+|[A-Z]{2,8}-\d+)'/g)].map((match) => match[1] ?? ''))
}

function compare(spec: readonly Text[], code: readonly Text[]) {
  const definitions = definitionsIn(spec)
  const prefixes = new Set([...definitions.keys()].map((id) => id.slice(0, id.lastIndexOf('-'))))
  const citations = code.flatMap((file) => citationsIn(file, prefixes))
  const cited = new Set(citations.map(({ id }) => id))
  return {
    uncited: [...definitions]
      .filter(([id]) => !cited.has(id))
      .map(([id, locations]) => `${locations[0]} ${id}`),
    unknown: citations
      .filter(({ id }) => !definitions.has(id))
      .map(({ id, location }) => `${location} ${id}`),
    duplicate: [...definitions]
      .filter(([, locations]) => locations.length > 1)
      .map(([id, locations]) => `${id} ${locations.join(' ')}`),
    malformed: spec.flatMap(({ path, text }) =>
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

  it('are found', () => {
    expect(definitionsIn(spec).size).toBeGreaterThan(0)
  })

  it('are well-formed and defined once', () => {
    expectNone(
      [...found.duplicate, ...found.malformed],
      'define a rule once, in a line such as: - **LOG-3** text.',
    )
  })

  it('are all cited', () => {
    expectNone(
      found.uncited,
      'cite the rule in the name of a test that can fail, as [LOG-3], or where the code implements it.',
    )
  })

  it('that are cited exist', () => {
    expectNone(found.unknown, 'correct the id, or write the rule into spec/ first.')
  })

  it('that refusals cite have words', () => {
    const cited = code
      .filter(({ path }) => path.startsWith('packages/node/src/') && !isTest(path))
      .flatMap(({ path, text }) => citedRules(text).map((rule) => ({ path, rule })))
    expect(cited.length).toBeGreaterThan(0)
    expectNone(
      cited.filter(({ rule }) => wordsOf(rules, rule) === null).map(({ path, rule }) => `${path} ${rule}`),
      'state the rule in plain words in the `rules` of its pillar in packages/words.',
    )
  })
})

describe('the check of rules', () => {
  const spec = [
    { path: 'spec/a.md', text: '- **AB-1** one\n- **AB-2** two\n- **AB-2** again\n\n**AB-4** loose\n' },
  ]
  const code = [
    { path: 'packages/a.test.ts', text: `it('[AB-1] holds', …); it('[CD-1] holds', …)` },
    { path: 'packages/a.ts', text: '/** Rule AB-3, with SHA-384. */' },
  ]

  it('finds uncited, unknown, duplicate and malformed rules', () => {
    expect(compare(spec, code)).toEqual({
      uncited: ['spec/a.md:2 AB-2'],
      unknown: ['packages/a.test.ts:1 CD-1', 'packages/a.ts:1 AB-3'],
      duplicate: ['AB-2 spec/a.md:2 spec/a.md:3'],
      malformed: ['spec/a.md:5 **AB-4**'],
    })
  })
})
