/**
 * Writes `schema.gen.ts`, the row types of every room and pillar, from a database with all migrations
 * applied. Run `npm run schema` after a change to the migrations.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openDatabase } from '#node/kernel/database.ts'
import type { Database } from '#node/kernel/database.ts'
import { migrate } from '#node/kernel/migrate.ts'
import { MIGRATIONS } from '#node/migrations.ts'
import { systemWorld } from '#node/world.system.ts'

/** The generated files by absolute path. `database` must be empty; it is migrated. */
export async function generateSchemaFiles(database: Database): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  const known = new Set<string>()
  for (const [index, { folder }] of MIGRATIONS.entries()) {
    await migrate(database, systemWorld, MIGRATIONS.slice(0, index + 1))
    const columns = (await readColumns(database)).filter(({ table }) => !known.has(table))
    files.set(join(folder, '..', 'schema.gen.ts'), rowTypes(columns))
    for (const { table } of columns) known.add(table)
  }
  return files
}

interface Column {
  readonly table: string
  readonly name: string
  /** As PostgreSQL writes it: `bigint`, `text[]`. */
  readonly type: string
  readonly isNullable: boolean
  readonly byDefault: string | null
  /**
   * Identity `a` (always) or `d` (by default); generated column `s` (stored) or `v` (virtual); else empty.
   */
  readonly generated: string
}

async function readColumns(database: Database): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      not a.attnotnull as "isNullable", pg_get_expr(d.adbin, d.adrelid) as "byDefault",
      a.attidentity::text || a.attgenerated::text as generated
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind in ('r', 'p')
    order by c.relname, a.attnum`.execute(database.query)
  return rows
}

/** The TypeScript types of the PostgreSQL types in use. */
const TYPES: Readonly<Record<string, string>> = {
  bigint: 'number',
  boolean: 'boolean',
  bytea: 'Uint8Array',
  date: 'string',
  'double precision': 'number',
  integer: 'number',
  numeric: 'string',
  real: 'number',
  smallint: 'number',
  text: 'string',
  'timestamp with time zone': 'string',
  uuid: 'string',
}

function rowTypes(columns: readonly Column[]): string {
  const tables = [...Map.groupBy(columns, ({ table }) => table)]
  const types = tables.flatMap(([, rows]) => rows.map(typeOf))
  const imports = ['Generated', 'GeneratedAlways'].filter((name) =>
    types.some((type) => type.startsWith(`${name}<`)),
  )
  const rowsOf = ([table, rows]: [string, Column[]]): string =>
    [
      `export interface ${pascal(table)}Row {`,
      ...rows.map((row) => `  ${row.name}: ${typeOf(row)}`),
      '}\n',
    ].join('\n')
  return [
    '/** The rows of these tables, generated from the migrations by `npm run schema`. */\n',
    ...(imports.length === 0 ? [] : [`import type { ${imports.join(', ')} } from 'kysely'\n`]),
    `declare module '#node/kernel/schema.ts' {\n  interface Schema {`,
    ...tables.map(([table]) => `    ${table}: ${pascal(table)}Row`),
    '  }\n}\n',
    ...tables.map(rowsOf),
  ].join('\n')
}

function typeOf(column: Column): string {
  const element = column.type.replace(/\[\]$/, '').replace(/\(.*\)/, '')
  const scalar = TYPES[element]
  if (scalar === undefined) {
    throw new Error(
      `${column.table}.${column.name} is of type ${column.type}, which has no TypeScript type in checks/schema.generate.ts`,
    )
  }
  const base = element === column.type ? scalar : `${scalar}[]`
  const type = column.isNullable ? `${base} | null` : base
  if (column.generated === 'a' || column.generated === 's' || column.generated === 'v')
    return `GeneratedAlways<${type}>`
  return column.byDefault !== null || column.generated === 'd' ? `Generated<${type}>` : type
}

function pascal(name: string): string {
  return name.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'entente-schema-'))
  const database = await openDatabase({ folder })
  for (const [path, text] of await generateSchemaFiles(database)) writeFileSync(path, text)
  await database.close()
  rmSync(folder, { recursive: true })
}
