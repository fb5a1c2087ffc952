/** The console's files as a browser gets them (API-7 to API-10). */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveSite } from './site.ts'

const SCRIPT = 'export const words = "EXERCISE"\n'.repeat(200)
const folder = mkdtempSync(join(tmpdir(), 'entente-site-'))
const app = new Hono()
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })

beforeAll(() => {
  mkdirSync(join(folder, 'site', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'site', 'index.html'), '<h1>EXERCISE</h1>')
  writeFileSync(join(folder, 'site', 'assets', 'page-1a2b.js'), SCRIPT)
  writeFileSync(join(folder, 'site', 'assets', 'page-1a2b.js.br'), brotliCompressSync(SCRIPT))
  writeFileSync(join(folder, 'site', 'font.woff2'), SCRIPT)
  writeFileSync(join(folder, 'keys.json'), 'EXERCISE secret')
  serveSite(app, join(folder, 'site'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the site', () => {
  it('[API-10] is sent compressed to clients that accept it, and plain to others', async () => {
    const small = await get('/assets/page-1a2b.js', { 'accept-encoding': 'gzip, br' })
    expect(small.headers.get('content-encoding')).toBe('br')
    const bytes = Buffer.from(await small.arrayBuffer())
    expect(bytes.length).toBe(Number(small.headers.get('content-length')))
    expect(brotliDecompressSync(bytes).toString()).toBe(SCRIPT)
    const whole = await get('/assets/page-1a2b.js')
    expect(whole.headers.get('content-encoding')).toBeNull()
    expect(await whole.text()).toBe(SCRIPT)
    const font = await get('/font.woff2', { 'accept-encoding': 'br' })
    expect(font.headers.get('content-encoding')).toBeNull()
  })

  it('[API-10] is not sent again while it is unchanged, and is after a new build', async () => {
    const first = await get('/')
    const etag = first.headers.get('etag')!
    const again = await get('/', { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(again.headers.get('content-security-policy')).toBe(first.headers.get('content-security-policy'))
    writeFileSync(join(folder, 'site', 'index.html'), '<h1>EXERCISE, rebuilt</h1>')
    const rebuilt = await get('/', { 'if-none-match': etag })
    expect([rebuilt.status, await rebuilt.text()]).toEqual([200, '<h1>EXERCISE, rebuilt</h1>'])
  })

  it.each([
    '/items/1',
    '/../keys.json',
    '/%2e%2e/keys.json',
    '/..%2fkeys.json',
    '/assets',
    '/%00',
    '/%E0%A4',
  ])('[API-8] %s gets the page, and nothing outside the folder', async (path) => {
    const answer = await get(path)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await answer.text()).toContain('<h1>EXERCISE')
  })
})
