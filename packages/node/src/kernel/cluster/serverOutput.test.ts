/** Explanations of server output that no other test produces. */
import { expect, it } from 'vitest'
import { explainOutput } from './serverOutput.ts'

it.each([
  ['FATAL:  could not create lock file "postmaster.pid": No space left on device', 'disk_full'],
  ['initdb: error: could not look up effective user ID 54321: user does not exist', 'account_missing'],
  ['Execution of PostgreSQL by a user with administrative permissions is not permitted.', 'account_missing'],
  ['FATAL:  data directory "/x" has wrong ownership', 'folder_not_reachable'],
  ['FATAL:  database files are incompatible with server', 'database_version_differs'],
  ['PANIC:  could not locate a valid checkpoint record at 0/1512F10', 'database_corrupt'],
  ['FATAL:  could not open file "global/pg_filenode.map": No such file or directory', 'database_corrupt'],
  ['FATAL:  could not access file "$libdir/plpgsql": No such file or directory', 'database_stopped'],
  ['FATAL:  could not open shared memory segment "/PostgreSQL.7": Permission', 'database_stopped'],
  ['FATAL:  could not create shared memory segment: Function not implemented', 'database_stopped'],
  ['', 'database_stopped'],
])('explains %s', (output, code) => {
  const error = explainOutput('/folder', output)
  expect(error).toMatchObject({ code, message: expect.stringMatching(/\S/) })
})
