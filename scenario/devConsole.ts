/**
 * Serves the console of one nation with Vite: the open page updates on save, and `/api` is proxied to the
 * node.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLogger, createServer } from 'vite'
import type { Logger, ViteDevServer } from 'vite'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Serves the console on `port`; the node listens on `nodePort`. */
export async function serveConsole(nation: string, port: number, nodePort: number): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: join(ROOT, 'packages/web/vite.config.ts'),
    // One cache per server: two servers would overwrite each other's bundled packages.
    cacheDir: join(ROOT, 'node_modules/.vite', nation.toLowerCase()),
    customLogger: quietWhileRestarting(),
    clearScreen: false,
    server: {
      port,
      strictPort: true,
      // The console imports contracts and words from packages next to it.
      fs: { allow: [ROOT] },
      proxy: { '/api': { target: `http://127.0.0.1:${nodePort}` } },
    },
  })
  return server.listen()
}

/** While the nodes restart, requests fail for a moment; the console retries by itself. */
function quietWhileRestarting(): Logger {
  const logger = createLogger('warn')
  return {
    ...logger,
    error(message, options) {
      if (!message.includes('http proxy error')) logger.error(message, options)
    },
  }
}
