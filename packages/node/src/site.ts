/** The console's files, with the headers that keep a page to itself (API-7, API-8, API-10). */
import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Hono } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
}

/** No request leaves the node, nothing runs that did not come with it, and nobody frames it. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'geolocation=(), microphone=(), payment=(), usb=()',
}

/** What is smaller when it is compressed; fonts, pictures and WebAssembly of the console already are, or hardly. */
const COMPRESSIBLE = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.json', '.txt', '.wasm'])

/** A third of the size; the highest level takes thirty times as long for a tenth less. */
const LEVEL = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
const compressed = promisify(brotliCompress)

interface SiteFile {
  readonly plain: Uint8Array<ArrayBuffer>
  /** Null where compressing is not worth it. */
  readonly brotli: Uint8Array<ArrayBuffer> | null
  readonly etag: string
}

/** Serves the built console; every path that is not a file is the page, whose router knows it. */
export function serveSite(app: Hono, folder: string): void {
  const files = createFiles()
  app.get('*', async (context) => {
    const path = pathOf(context.req.url)
    if (path === null) return context.text('This address cannot be read.', 400)
    const file = join(folder, path)
    const isFile = file.startsWith(folder + sep) && existsSync(file) && statSync(file).isFile()
    const served = isFile ? file : join(folder, 'index.html')
    if (!existsSync(served)) return context.text('The console has not been built. Run: npm start', 503)
    const { plain, brotli, etag } = await files(served)
    const hashed = isFile && path.includes(`${sep}assets${sep}`)
    const headers = {
      ...HEADERS,
      etag,
      vary: 'accept-encoding',
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    }
    if (context.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers })
    const takesBrotli = /\bbr\b/.test(context.req.header('accept-encoding') ?? '')
    const body = takesBrotli && brotli !== null ? brotli : plain
    return new Response(body, {
      headers: {
        ...headers,
        'content-type': TYPES[extname(served)] ?? 'application/octet-stream',
        'content-length': String(body.length),
        ...(body === brotli ? { 'content-encoding': 'br' } : {}),
      },
    })
  })
}

/** The path that an address names, or null when its escapes are broken. */
function pathOf(url: string): string | null {
  try {
    return normalize(decodeURIComponent(new URL(url).pathname))
  } catch {
    return null
  }
}

/** Files as they are served, kept until the console is built anew. */
function createFiles(): (path: string) => Promise<SiteFile> {
  const kept = new Map<string, Promise<SiteFile>>()
  return (path) => {
    const { size, mtimeMs } = statSync(path)
    const name = `${path} ${size} ${mtimeMs}`
    const found = kept.get(name)
    if (found !== undefined) return found
    const read = readSiteFile(path)
    kept.set(name, read)
    // What could not be read now may be read at the next request.
    read.catch(() => kept.delete(name))
    return read
  }
}

async function readSiteFile(path: string): Promise<SiteFile> {
  const plain = new Uint8Array(await readFile(path))
  const brotli = COMPRESSIBLE.has(extname(path)) ? new Uint8Array(await compressed(plain, LEVEL)) : null
  // Weak: it stands for the compressed bytes as well.
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { plain, brotli: brotli !== null && brotli.length < plain.length ? brotli : null, etag }
}
