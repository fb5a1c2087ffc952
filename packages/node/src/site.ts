/** Serves the console's files, with the headers that confine a page (API-7, API-8, API-10). */
import { sep } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context, Hono } from 'hono'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'

/** A page loads and runs only what this node serves, requests nothing from another host, and cannot be framed. */
const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'", 'blob:', 'data:'],
    mediaSrc: ["'self'", 'blob:'],
    connectSrc: ["'self'"],
    workerSrc: ["'self'", 'blob:'],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  permissionsPolicy: { geolocation: [], microphone: [], payment: [], usb: [] },
  // The console may be plain HTTP on loopback; a TLS proxy in front of it sets this header itself.
  strictTransportSecurity: false,
})

/**
 * Serves the built console. Any path that is not a file gets the page, whose router resolves it. The build writes a
 * compressed file beside every file that compression makes smaller.
 */
export function serveSite(app: Hono, folder: string): void {
  const serve = { root: folder, precompressed: true, onFound: setCaching }
  app.use(pageHeaders, etag({ weak: true }))
  app.get('*', serveStatic(serve), serveStatic({ ...serve, path: 'index.html' }), (context) =>
    context.text('The console has not been built. Run: npm start', 503),
  )
}

/** Assets are cached for ever: the build puts a digest of the content into their names. */
function setCaching(path: string, context: Context): void {
  const isAsset = path.includes(`${sep}assets${sep}`)
  context.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
}
