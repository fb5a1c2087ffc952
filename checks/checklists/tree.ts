/**
 * A scratch copy of the checkout in which the checklists are performed, with a record of the files that they
 * change.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { projectPaths } from '../source.ts'

/** Suffix of template files, which keeps tools from treating them as source. */
const TEMPLATE = '.txt'

export interface Tree {
  readonly folder: string
  /** The text of a file. */
  read(path: string): string
  create(path: string, text: string): void
  /** Inserts lines after the only line that contains `anchor`. */
  insertAfter(path: string, anchor: string, lines: string): void
  /** Inserts lines before the only line that contains `anchor`. */
  insertBefore(path: string, anchor: string, lines: string): void
  replace(path: string, old: string, text: string): void
  /** Creates every file of a folder of templates. */
  plant(templates: string): void
  /** The files that were created or changed since the last call, in order of their paths. */
  touched(): readonly string[]
}

/** Copies the checkout at `root` to `folder`, with a link to the installed packages. */
export function copyTree(root: string, folder: string): Tree {
  for (const path of projectPaths()) cpSync(join(root, path), join(folder, path))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  return treeAt(folder)
}

function treeAt(folder: string): Tree {
  let changed = new Set<string>()
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')

  function write(path: string, text: string): void {
    const full = join(folder, path)
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, text)
    changed.add(path)
  }

  function create(path: string, text: string): void {
    if (existsSync(join(folder, path))) throw new Error(`${path} already exists`)
    write(path, text)
  }

  function replace(path: string, old: string, text: string): void {
    const parts = read(path).split(old)
    if (parts.length !== 2) throw new Error(`${path} has ${parts.length - 1} times: ${old}`)
    write(path, parts.join(text))
  }

  function insert(path: string, anchor: string, lines: string, offset: 0 | 1): void {
    const all = read(path).split('\n')
    const places = [...all.keys()].filter((place) => all[place]?.includes(anchor))
    if (places.length !== 1) throw new Error(`${path} has ${places.length} lines with: ${anchor}`)
    write(path, all.toSpliced(places[0]! + offset, 0, lines).join('\n'))
  }

  return {
    folder,
    read,
    create,
    replace,
    insertAfter: (path, anchor, lines) => insert(path, anchor, lines, 1),
    insertBefore: (path, anchor, lines) => insert(path, anchor, lines, 0),
    plant(templates) {
      for (const name of readdirSync(templates, { recursive: true, encoding: 'utf8' })) {
        if (!name.endsWith(TEMPLATE)) continue
        const path = name.slice(0, -TEMPLATE.length).replaceAll('\\', '/')
        create(posix.normalize(path), readFileSync(join(templates, name), 'utf8'))
      }
    },
    touched() {
      const paths = [...changed].toSorted()
      changed = new Set()
      return paths
    },
  }
}
