/** Logs, health, metrics, and the data folder (OPS-1 to OPS-5). */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDataFolder, openDataFolder } from './dataFolder.ts'
import { openTestDatabase } from '#node/kernel/testDatabase.ts'
import { DatabaseError } from '#node/kernel/databaseError.ts'
import { createLogger, createMonitoringServer, describeError } from './observe.ts'
import { seededWorld } from './testNetwork.ts'

const SETTINGS = {
  nation: 'JP',
  address: 'https://127.0.0.1:1',
  consoleHost: '127.0.0.1',
  consolePort: 1,
  doorHost: '127.0.0.1',
  doorPort: 2,
  metricsPort: 3,
  suite: 'ed25519+ml-dsa-87' as const,
  exercise: false,
  consoles: [],
}

describe('operations', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'entente-ops-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('[OPS-5] only their owner reads the keys, and a folder with settings is a node', () => {
    const path = join(folder, 'node')
    const made = createDataFolder(path, SETTINGS, seededWorld('ops', 0))
    expect(statSync(join(path, 'keys.json')).mode & 0o077).toBe(0)
    expect(openDataFolder(path).tls.sha256).toBe(made.tls.sha256)
    expect(() => createDataFolder(path, SETTINGS, seededWorld('ops', 0))).toThrow(
      expect.objectContaining({ code: 'folder_taken' }),
    )
    rmSync(join(path, 'node.json'))
    expect(() => openDataFolder(path)).toThrow(expect.objectContaining({ code: 'folder_empty' }))
    writeFileSync(join(path, 'node.json'), '{"nation":')
    expect(() => openDataFolder(path)).toThrow(expect.objectContaining({ code: 'folder_broken' }))
    expect(readFileSync(join(path, 'keys.json'), 'utf8')).toContain('ed25519+ml-dsa-87')
  })

  it('[OPS-1] [OPS-2] an error is logged with its kind, code and location, without its message', () => {
    const error = Object.assign(new TypeError('EXERCISE secret words'), { code: 'some_code' })
    const described = describeError(error)
    expect([described.name, described.code]).toEqual(['TypeError', 'some_code'])
    expect(JSON.stringify(described)).not.toContain('secret words')
    expect(described.stack).toContain('operations.test.ts')
    const full = new DatabaseError('disk_full', 'Free space there.', new Error('EXERCISE secret words'))
    expect(describeError(full)).toMatchObject({ code: 'disk_full', say: 'Free space there.' })
    expect(JSON.stringify(describeError(full))).not.toContain('secret words')
    expect(createLogger('JP', 'warn').level).toBe('warn')
  })

  it('[OPS-3] [OPS-4] health and metrics answer, and health fails while the database does not answer', async () => {
    const database = await openTestDatabase()
    let isBroken = false
    const breakable = new Proxy(database, {
      get: (target, name, receiver) => {
        if (name === 'query' && isBroken) throw new Error('gone')
        return Reflect.get(target, name, receiver) as unknown
      },
    })
    const server = createMonitoringServer('JP', breakable, { failing: () => new Map([['apply KR', 3]]) })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
    const metrics = await (await fetch(`${base}/metrics`)).text()
    expect(metrics).toContain('entente_log_entries')
    expect(metrics).toContain('entente_step_failures{step="apply KR",nation="JP"} 3')
    expect((await fetch(`${base}/else`)).status).toBe(404)
    isBroken = true
    expect((await fetch(`${base}/healthz`)).status).toBe(503)
    server.close()
    server.closeAllConnections()
    await database.close()
  })
})
