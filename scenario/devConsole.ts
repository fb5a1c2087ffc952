/** The console of one nation from Vite's server: a saved file is in the open page at once, and `/api` is the node's. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLogger, createServer } from 'vite'
import type { Logger, ViteDevServer } from 'vite'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Serves the console on `port`; the node listens on `nodePort`. */
export async function serveConsole(nation: string, port: number, nodePort: number): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: join(ROOT, 'packages/web/vite.config.ts'),
    // Each server keeps the packages that it has bundled; two would overwrite each other's.
    cacheDir: join(ROOT, 'node_modules/.vite', nation.toLowerCase()),
    customLogger: quietWhileRestarting(),
    clearScreen: false,
    server: {
      port,
      strictPort: true,
      // The console imports contracts and words from beside its own folder.
      fs: { allow: [ROOT] },
      proxy: { '/api': { target: `http://127.0.0.1:${nodePort}` } },
    },
  })
  return server.listen()
}

/** While the nodes run again they answer nobody for a moment; the console tries again by itself. */
function quietWhileRestarting(): Logger {
  const logger = createLogger('warn')
  return {
    ...logger,
    error(message, options) {
      if (!message.includes('http proxy error')) logger.error(message, options)
    },
  }
}
