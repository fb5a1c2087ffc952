/** What the server says last is told with a code; those of its words that no test can bring about stand here. */
import { expect, it } from 'vitest'
import { explainWords } from './serverWords.ts'

it.each([
  ['FATAL:  could not create lock file "postmaster.pid": No space left on device', 'disk_full'],
  ['initdb: error: could not look up effective user ID 54321: user does not exist', 'account_missing'],
  ['Execution of PostgreSQL by a user with administrative permissions is not permitted.', 'account_missing'],
  ['FATAL:  data directory "/x" has wrong ownership', 'folder_not_reachable'],
  ['FATAL:  database files are incompatible with server', 'database_version_differs'],
  ['PANIC:  could not locate a valid checkpoint record at 0/1512F10', 'database_corrupt'],
  ['FATAL:  could not create shared memory segment: Function not implemented', 'database_stopped'],
  ['', 'database_stopped'],
])('explains %s', (words, code) => {
  const error = explainWords('/folder', words)
  expect(error).toMatchObject({ code, message: expect.stringMatching(/\S/) })
})
