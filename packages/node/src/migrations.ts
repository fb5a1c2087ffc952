/** The migrations of rooms and pillars, in order: one may reference the tables of those before it. */
import { fileURLToPath } from 'node:url'
import type { MigrationFolder } from '#node/kernel/migrate.ts'
import { PILLARS } from './pillars.ts'

const ENGINE = ['kernel', 'law', 'gate', 'federation', 'identity']

export const MIGRATIONS: readonly MigrationFolder[] = [
  ...ENGINE.map((room) => ({
    part: room,
    folder: fileURLToPath(new URL(`./${room}/migrations/`, import.meta.url)),
  })),
  ...PILLARS.flatMap(({ name, migrations }) =>
    migrations === undefined ? [] : [{ part: name, folder: migrations }],
  ),
]
