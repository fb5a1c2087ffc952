/** The console's files, with the headers that keep a page to itself (API-7, API-8, API-10). */
import { sep } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context, Hono } from 'hono'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'

/** No request leaves the node, nothing runs that did not come with it, and nobody frames it. */
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
  // The console may be served over HTTP on a machine's own address, and a proxy in front of it knows better.
  strictTransportSecurity: false,
})

/**
 * Serves the built console; every path that is not a file is the page, whose router knows it. The build lays a
 * compressed file beside each one that it makes smaller.
 */
export function serveSite(app: Hono, folder: string): void {
  const serve = { root: folder, precompressed: true, onFound: setCaching }
  app.use(pageHeaders, etag({ weak: true }))
  app.get('*', serveStatic(serve), serveStatic({ ...serve, path: 'index.html' }), (context) =>
    context.text('The console has not been built. Run: npm start', 503),
  )
}

/** The build puts a digest of the content into the names of its assets: such a name never gets another content. */
function setCaching(path: string, context: Context): void {
  const isAsset = path.includes(`${sep}assets${sep}`)
  context.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
}
