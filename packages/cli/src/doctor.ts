/** `entente doctor`: checks a node's folder, machine and health, and says what to do about each fault. */
import { existsSync, statSync, statfsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { defaultFolder, openDataFolder } from '#node/dataFolder.ts'
import type { DataFolder } from '#node/dataFolder.ts'
import { COMMAND, say } from './say.ts'

interface Finding {
  readonly ok: boolean
  readonly what: string
}

const FREE_BYTES_MIN = 5 * 1024 ** 3

/**
 * Prints the findings. Returns true if there is no fault.
 * @param chosen the data folder, if not the default
 */
export async function doctor(chosen: string | undefined, siteFolder: string): Promise<boolean> {
  const data = chosen ?? defaultFolder('node')
  const findings: Finding[] = [runtime()]
  try {
    const folder = openDataFolder(data)
    findings.push({ ok: true, what: `The folder ${data} holds the node of ${folder.settings.nation}.` })
    findings.push(keysAreOurs(data), disk(data), site(siteFolder))
    findings.push(...(await doors(folder, data)))
  } catch (error) {
    findings.push({ ok: false, what: error instanceof Error ? error.message : String(error) })
  }
  for (const { ok, what } of findings) say(`${ok ? 'ok ' : 'NO '} ${what}`)
  return findings.every((finding) => finding.ok)
}

function runtime(): Finding {
  const major = Number(process.versions.node.split('.', 1)[0])
  const facts = `Node ${process.versions.node}, OpenSSL ${process.versions.openssl}`
  return major >= 26
    ? { ok: true, what: facts }
    : { ok: false, what: `${facts}: Node 26 is required. Use npm start or npm run.` }
}

function keysAreOurs(data: string): Finding {
  const mode = statSync(join(data, 'keys.json')).mode & 0o077
  const isOurs = mode === 0 || process.platform === 'win32'
  return isOurs
    ? { ok: true, what: 'Only the owner can read the keys.' }
    : { ok: false, what: `Others can read the keys. Run: chmod 600 ${join(data, 'keys.json')}` }
}

function disk(data: string): Finding {
  const { bavail, bsize } = statfsSync(data)
  const free = bavail * bsize
  const gigabytes = (free / 1024 ** 3).toFixed(1)
  return free >= FREE_BYTES_MIN
    ? { ok: true, what: `${gigabytes} GiB are free.` }
    : { ok: false, what: `Only ${gigabytes} GiB are free. Content of up to 2 GiB needs space on both sides.` }
}

function site(folder: string): Finding {
  return existsSync(join(folder, 'index.html'))
    ? { ok: true, what: 'The console is built.' }
    : { ok: false, what: 'The console is not built. Run npm start once.' }
}

async function doors({ settings }: DataFolder, data: string): Promise<Finding[]> {
  const health = await fetch(`http://127.0.0.1:${settings.metricsPort}/healthz`).then(
    (response) => response.ok,
    () => null,
  )
  if (health === null) {
    return [{ ok: false, what: `The node is not running. Start it with: ${COMMAND} node --data ${data}` }]
  }
  const door = await answers(settings.doorPort)
  return [
    health
      ? { ok: true, what: 'The node and its database answer.' }
      : { ok: false, what: 'The node is running, but its database does not answer.' },
    door
      ? { ok: true, what: `The door for partners listens on port ${settings.doorPort}.` }
      : { ok: false, what: `Nothing listens on port ${settings.doorPort}, the door for partners.` },
  ]
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
