/** Bytes from the node: refusals, broken streams, and names of saved files. */
import { expect, test } from 'vitest'
import { fileNameIn, readBytes } from './bytes.ts'

test('a refusal is returned as a refusal, and a stream that breaks off gives no content', async () => {
  const answered = async (response: Response | Error) => {
    const before = globalThis.fetch
    globalThis.fetch = () =>
      response instanceof Error ? Promise.reject(response) : Promise.resolve(response)
    try {
      return await readBytes('/api/x')
    } finally {
      globalThis.fetch = before
    }
  }
  const refusal = { refused: true, reasons: [{ code: 'session_expired', because: [] }] }
  expect(await answered(Response.json(refusal, { status: 401 }))).toEqual(refusal)
  expect(await answered(new TypeError('offline'))).toMatchObject({ reasons: [{ code: 'unavailable' }] })
  const broken = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new Uint8Array(8))
      controller.error(new Error('cut'))
    },
  })
  expect(await answered(new Response(broken))).toMatchObject({ reasons: [{ code: 'content_broken' }] })
  const whole = await answered(new Response('abc'))
  expect(whole).toBeInstanceOf(ArrayBuffer)
})

test('a file is saved under the name that the node gives, never under a path', () => {
  expect(fileNameIn("attachment; filename*=UTF-8''%EA%B0%80.txt")).toBe('가.txt')
  expect(fileNameIn('attachment; filename="JP-KR-0007.entente"')).toBe('JP-KR-0007.entente')
  for (const header of [
    '',
    'inline',
    'attachment',
    "attachment; filename*=UTF-8''%E0%A4%A",
    'attachment; filename="../../etc/passwd"',
  ]) {
    expect(fileNameIn(header), header).toBe('')
  }
})
