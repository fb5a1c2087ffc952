/**
 * A node is backed up while people write to it, lost, and restored (OPS-6, OPS-7). Everything that was
 * acknowledged before the backup ended exists and can be read, and the doctor finds nothing.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { drafts } from '#api/exchange/drafts.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { systemWorld } from '#node/world.system.ts'
import { CAST, EXERCISE_PASSWORD } from './cast.ts'
import { startChildren } from './children.ts'
import { signIn } from './client.ts'
import type { Session } from './client.ts'
import { openNetwork } from './network.ts'
import { freePorts } from './ports.ts'
import { makeTemporaryFolder } from './temporaryFolder.ts'

const TIMEOUT_MS = 240_000
const MAIN = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url))
/** Content of this size is stored as a file. */
const CONTENT_BYTES = 100_000
const ROUTING = {
  partner: 'KR',
  organisation: 'kr-mnd-dia',
  marking: '秘',
  category: 'missile_launch',
  purpose: 'exercise',
}

/** Runs an operator's command; resolves when it exits. */
async function entente(...words: readonly string[]): Promise<{ code: number | null; said: string }> {
  const environment = { ...process.env }
  delete environment['DATABASE_URL']
  const child = spawn(process.execPath, [MAIN, ...words], { env: environment })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said }
}

function must<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`refused: ${JSON.stringify(answer.reasons)}`)
  return answer
}

interface Written {
  readonly draft: string
  readonly content: Uint8Array
  /** When the node acknowledged it. */
  readonly at: number
}

async function write(author: Session, written: Written[], isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const title = `EXERCISE ${written.length}`
    const { id: draft } = must(await author.call(drafts.create, { ...ROUTING, title }))
    const content = new Uint8Array(randomBytes(CONTENT_BYTES))
    const file = { draft, fileName: 'report.bin', mediaType: 'application/octet-stream' }
    must(await author.upload(drafts.uploadContent, file, content))
    written.push({ draft, content, at: systemWorld.now() })
  }
}

/** Opens a network, has three people write in Japan while its node is backed up, and stops the network. */
async function backUpWhileWriting(folder: string, backup: string) {
  const basePort = await freePorts()
  const network = await openNetwork({
    folder,
    basePort,
    world: systemWorld,
    logLevel: 'error',
    version: 'backup',
    progress: () => undefined,
  })
  try {
    const author = await signIn(`http://127.0.0.1:${basePort}`, 'JP', 'analyst', EXERCISE_PASSWORD)
    const written: Written[] = []
    let isOver = false
    const writers = [1, 2, 3].map(() => write(author, written, () => isOver))
    await expect.poll(() => written.length, { timeout: 60_000 }).toBeGreaterThan(10)
    const begunAt = systemWorld.now()
    const made = await entente('backup', '--data', join(folder, 'jp'), '--to', backup)
    isOver = true
    await Promise.all(writers)
    return { basePort, written, begunAt, made }
  } finally {
    await network.stop()
  }
}

it(
  '[OPS-6] [OPS-7] a node comes back with all that it acknowledged before its backup ended',
  async () => {
    expect(CAST[0]).toMatchObject({ nation: 'JP', offset: 0 })
    const home = makeTemporaryFolder('backup')
    const [folder, backup, restored] = ['network', 'backup', 'restored'].map((name) => join(home, name)) as [
      string,
      string,
      string,
    ]
    try {
      const { basePort, written, begunAt, made } = await backUpWhileWriting(folder, backup)
      expect(made).toMatchObject({ code: 0, said: expect.stringContaining('The backup of JP') })
      const manifest = JSON.parse(readFileSync(join(backup, 'backup.json'), 'utf8')) as { until: string }
      const before = written.filter(({ at }) => at < Date.parse(manifest.until))
      expect(before.filter(({ at }) => at > begunAt).length).toBeGreaterThan(0)

      rmSync(join(folder, 'jp'), { recursive: true })
      const back = await entente('restore', '--from', backup, '--data', join(restored, 'jp'))
      expect(back).toMatchObject({ code: 0, said: expect.stringContaining('The node of JP') })
      const children = await startChildren(restored, ['JP'])
      try {
        expect(await entente('doctor', '--data', join(restored, 'jp'))).toMatchObject({ code: 0 })
        const author = await signIn(`http://127.0.0.1:${basePort}`, 'JP', 'analyst', EXERCISE_PASSWORD)
        for (const { draft, content } of before) {
          const read = must(await author.download(drafts.readContent, { draft }))
          expect(Buffer.compare(read, content)).toBe(0)
        }
      } finally {
        await children.stop()
      }
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  },
  TIMEOUT_MS,
)
