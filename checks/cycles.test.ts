/**
 * Files do not import each other in a circle. Types do not count, because nothing of them is left at run time; nor does
 * `import()`, by which a slice of the console loads its pages when they are opened.
 */
import { describe, expect, it } from 'vitest'
import { expectNone, isTest, sourceFile, type SourceFile, sourceFiles } from './source.ts'

const TYPES = /^(?:import|export) type\b[\s\S]*?from\s*'[^']*'/gm
const LAZY = /\bimport\s*\(\s*'[^']*'\s*\)/g
const URLS = /\bnew URL\([^)]*\)/g

/** The files that a file loads when it is loaded. */
function loadedBy({ path, code }: SourceFile): readonly string[] {
  const loading = code.replace(TYPES, '').replace(LAZY, '').replace(URLS, '')
  return sourceFile(path, loading).imports.flatMap(({ target }) => target ?? [])
}

/** The circles of imports, each as its files, the first again at the end. */
function circlesOf(files: readonly SourceFile[]): string[] {
  const loads = new Map(files.map((file) => [file.path, loadedBy(file)]))
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, open: readonly string[]): void => {
    const start = open.indexOf(path)
    if (start >= 0) circles.push([...open.slice(start), path].join(' → '))
    if (start >= 0 || done.has(path)) return
    for (const next of loads.get(path) ?? []) visit(next, [...open, path])
    done.add(path)
  }
  for (const path of loads.keys()) visit(path, [])
  return circles
}

describe('imports', () => {
  it('have no circle', () => {
    const files = sourceFiles().filter(({ path }) => !isTest(path))
    expect(files.length).toBeGreaterThan(400)
    expectNone(circlesOf(files), 'move what both need into a file of its own.')
  })

  it('are checked: a circle of three is found, one of types or of lazy pages is none', () => {
    const files = (third: string) => [
      sourceFile('packages/web/src/a.ts', `import { b } from './b.ts'`),
      sourceFile('packages/web/src/b.ts', `import { c } from './c.ts'`),
      sourceFile('packages/web/src/c.ts', third),
    ]
    const [a, b, c] = ['a', 'b', 'c'].map((name) => `packages/web/src/${name}.ts`)
    expect(circlesOf(files(`import { a } from './a.ts'`))).toEqual([`${a} → ${b} → ${c} → ${a}`])
    expect(circlesOf(files(`import type { A } from './a.ts'`))).toEqual([])
    expect(circlesOf(files(`const page = () => import('./a.ts')`))).toEqual([])
  })
})
