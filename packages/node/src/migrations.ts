/** The migrations of a node by room, in order: a room may reference the tables of the rooms before it. */
import { fileURLToPath } from 'node:url'
import type { MigrationRoom } from '#node/kernel/migrate.ts'
import { PILLARS } from './pillars.ts'

const ENGINE = ['kernel', 'law', 'gate', 'federation', 'identity']

export const MIGRATIONS: readonly MigrationRoom[] = [
  ...ENGINE.map((room) => ({
    room,
    folder: fileURLToPath(new URL(`./${room}/migrations/`, import.meta.url)),
  })),
  ...PILLARS.flatMap(({ name, migrations }) =>
    migrations === undefined ? [] : [{ room: name, folder: migrations }],
  ),
]
