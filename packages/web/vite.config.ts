/**
 * How the console is built: one folder of static files that a node serves; nothing is fetched from
 * elsewhere.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const OUT = join(import.meta.dirname, 'dist')

/** What is smaller when it is compressed; fonts and pictures of the console already are, or hardly. */
const COMPRESSIBLE = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.json', '.txt', '.wasm'])

/** A third of the size; the highest level takes thirty times as long for a tenth less. */
const LEVEL = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** Lays `name.br` beside each file that it makes smaller: the node sends it to whoever takes it (API-10). */
function precompress(): Plugin {
  return {
    name: 'precompress',
    closeBundle() {
      for (const name of readdirSync(OUT, { recursive: true, encoding: 'utf8' })) {
        if (!COMPRESSIBLE.has(extname(name))) continue
        const plain = readFileSync(join(OUT, name))
        const compressed = brotliCompressSync(plain, LEVEL)
        if (compressed.length < plain.length) writeFileSync(join(OUT, `${name}.br`), compressed)
      }
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompress()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2023',
    // The policy of the node allows no `data:` fonts or scripts; small assets stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
})
