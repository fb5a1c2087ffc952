/** The console's files, with the headers that keep a page to itself (API-7, API-8). */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
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

/** Serves the built console; every path that is not a file is the page, whose router knows it. */
export function serveSite(app: Hono, folder: string): void {
  app.get('*', (context) => {
    const path = normalize(decodeURIComponent(new URL(context.req.url).pathname))
    const file = join(folder, path)
    const isFile = file.startsWith(folder + sep) && existsSync(file) && statSync(file).isFile()
    const served = isFile ? file : join(folder, 'index.html')
    if (!existsSync(served)) return context.text('The console has not been built. Run: npm start', 503)
    const hashed = isFile && path.includes(`${sep}assets${sep}`)
    return new Response(Readable.toWeb(createReadStream(served)) as ReadableStream<Uint8Array>, {
      headers: {
        ...HEADERS,
        'content-type': TYPES[extname(served)] ?? 'application/octet-stream',
        'content-length': String(statSync(served).size),
        'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    })
  })
}
