/**
 * Writes the row types (`schema.gen.ts`) and a readable dump (`schema.sql`) of the database that the
 * migrations make. Run it after a change to the migrations: `node checks/schema.generate.ts`.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { openDatabase } from '#node/kernel/database.ts'
import type { Database } from '#node/kernel/database.ts'
import { migrate } from '#node/kernel/migrate.ts'
import { systemWorld } from '#node/world.system.ts'

/** The generated files, by their absolute path. */
export async function generateSchemaFiles(database: Database): Promise<ReadonlyMap<string, string>> {
  const columns = await readColumns(database)
  return new Map([
    [kernelPath('schema.gen.ts'), rowTypes(columns)],
    [kernelPath('schema.sql'), await dump(database, columns)],
  ])
}

function kernelPath(name: string): string {
  return fileURLToPath(new URL(`../packages/node/src/kernel/${name}`, import.meta.url))
}

interface Column {
  readonly table: string
  readonly name: string
  /** As PostgreSQL writes it: `bigint`, `text[]`. */
  readonly type: string
  readonly isNullable: boolean
  readonly byDefault: string | null
  /** `a` an identity that is always generated, `d` one by default, `s` a stored expression, empty none. */
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

/** What a column of a type is in TypeScript; a type that is not here is not used in this database. */
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
    '/** The rows of the database, generated from the migrations by `node checks/schema.generate.ts`. */\n',
    ...(imports.length === 0 ? [] : [`import type { ${imports.join(', ')} } from 'kysely'\n`]),
    `export interface Schema {\n${tables.map(([table]) => `  ${table}: ${pascal(table)}Row\n`).join('')}}\n`,
    ...tables.map(rowsOf),
  ].join('\n')
}

function typeOf(column: Column): string {
  const element = column.type.replace(/\[\]$/, '').replace(/\(.*\)/, '')
  const scalar = TYPES[element]
  if (scalar === undefined) {
    throw new Error(`${column.table}.${column.name} is of type ${column.type}, which has no row type here`)
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

/** Constraints, indices, triggers and functions as PostgreSQL writes them; not-null stands at its column. */
async function dump(database: Database, columns: readonly Column[]): Promise<string> {
  const constraints = await namedTexts(
    sql`
    select conrelid::regclass::text as owner, 'constraint ' || quote_ident(conname) || ' ' ||
      pg_get_constraintdef(oid) as text
    from pg_constraint where connamespace = current_schema()::regnamespace and contype in ('c', 'f', 'p', 'u')
    order by owner, contype = 'p' desc, conname`,
    database,
  )
  const indices = await namedTexts(
    sql`
    select indrelid::regclass::text as owner, pg_get_indexdef(indexrelid) as text
    from pg_index join pg_class on pg_class.oid = indrelid
    where relnamespace = current_schema()::regnamespace
      and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
    order by owner, text`,
    database,
  )
  const triggers = await namedTexts(
    sql`
    select tgrelid::regclass::text as owner, pg_get_triggerdef(pg_trigger.oid) as text
    from pg_trigger join pg_class on pg_class.oid = tgrelid
    where relnamespace = current_schema()::regnamespace and not tgisinternal
    order by owner, text`,
    database,
  )
  const functions = await namedTexts(
    sql`
    select proname::text as owner, pg_get_functiondef(oid) as text
    from pg_proc where pronamespace = current_schema()::regnamespace order by owner`,
    database,
  )

  const tableText = ([table, rows]: [string, Column[]]): string => {
    const lines = [...rows.map(columnText), ...textsOf(constraints, table)]
    const extras = [...textsOf(indices, table), ...textsOf(triggers, table)].map((text) => `${text};\n`)
    return `create table ${table} (\n  ${lines.join(',\n  ')}\n);\n${extras.join('')}`
  }
  return [
    '-- The database as the migrations make it, to be read and not run.\n-- Generated by `node checks/schema.generate.ts`.\n',
    ...[...Map.groupBy(columns, ({ table }) => table)].map(tableText),
    ...functions.map(({ text }) => `${text.trimEnd()};\n`),
  ].join('\n')
}

interface OwnedText {
  readonly owner: string
  readonly text: string
}

async function namedTexts(query: ReturnType<typeof sql>, database: Database): Promise<OwnedText[]> {
  return ((await query.execute(database.query)) as { rows: OwnedText[] }).rows
}

function textsOf(texts: readonly OwnedText[], owner: string): string[] {
  return texts.filter((text) => text.owner === owner).map(({ text }) => text)
}

const GENERATED: Readonly<Record<string, string>> = {
  a: ' generated always as identity',
  d: ' generated by default as identity',
}

function columnText(column: Column): string {
  const generated = GENERATED[column.generated] ?? ''
  const byDefault =
    column.byDefault === null
      ? ''
      : column.generated === 's'
        ? ` generated always as (${column.byDefault}) stored`
        : ` default ${column.byDefault}`
  return `${column.name} ${column.type}${column.isNullable ? '' : ' not null'}${byDefault}${generated}`
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'entente-schema-'))
  const database = await openDatabase({ folder })
  await migrate(database, systemWorld)
  for (const [path, text] of await generateSchemaFiles(database)) writeFileSync(path, text)
  await database.close()
  rmSync(folder, { recursive: true })
}
