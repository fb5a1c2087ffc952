/** The lock of a data folder: one holder, taken over from the dead only. */

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockFolder } from './folderLock.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entente-lock-'))
  path = join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

const inUse = expect.objectContaining({ code: 'database_in_use' })
const write = (holder: object): void => writeFileSync(path, JSON.stringify(holder))
/** Beyond the largest pid of Linux. */
const DEAD_PID = 2 ** 22 + 1

it('holds a folder, also one that is not there yet, until it is released', () => {
  const inner = join(folder, 'a', 'b')
  const lock = lockFolder(inner)
  expect(() => lockFolder(inner)).toThrowError(inUse)
  lock.release()
  lock.release()
  lockFolder(inner).release()
  expect(readdirSync(inner)).toEqual([])
})

it('takes over from a process that is gone', () => {
  write({ pid: DEAD_PID, startedAt: '1', host: hostname() })
  const lock = lockFolder(folder)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid })
  expect(readdirSync(folder)).toEqual(['lock'])
  lock.release()
  expect(existsSync(path)).toBe(false)
})

it('removes what a process left that was killed while it took the lock', () => {
  writeFileSync(`${path}.${DEAD_PID}.12345`, 'half a hold')
  const lock = lockFolder(folder)
  expect(readdirSync(folder)).toEqual(['lock'])
  lock.release()
})

it.runIf(existsSync('/proc/self/stat'))('takes over when the pid now belongs to a later process', () => {
  write({ pid: process.pid, startedAt: '1', host: hostname() })
  lockFolder(folder).release()
})

it.each([
  ['a process of unknown start', { pid: process.pid, startedAt: null, host: hostname() }],
  ['a process on another machine', { pid: DEAD_PID, startedAt: '1', host: `not-${hostname()}` }],
  ['a holder that it cannot read', { process: 'of a later version' }],
])('leaves the folder to %s', (_, holder) => {
  write(holder)
  expect(() => lockFolder(folder)).toThrowError(inUse)
  expect(readFileSync(path, 'utf8')).toBe(JSON.stringify(holder))
})

it('does not remove a lock that another process has taken since', () => {
  const lock = lockFolder(folder)
  write({ pid: 1, startedAt: '1', host: 'elsewhere' })
  lock.release()
  expect(existsSync(path)).toBe(true)
})

it('says that a folder cannot be written to', () => {
  writeFileSync(join(folder, 'file'), '')
  const denied = expect.objectContaining({ code: 'folder_not_writable' })
  expect(() => lockFolder(join(folder, 'file', 'inner'))).toThrowError(denied)
})
