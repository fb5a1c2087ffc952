/**
 * `entente verify FILE`: checks an evidence file with no node and no network, and says in plain words what is
 * proved and what is not (EVI-34, EVI-35). Run this file directly, or through the CLI.
 */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { SignedCard } from '#wire/link/card.ts'
import { EVIDENCE_SIZE_BYTES_MAX } from '#wire/evidence/evidence.ts'
import { verifyEvidence } from '#wire/evidence/verify.ts'
import type { VerifyOptions } from '#wire/evidence/verify.ts'
import { decodeUtf8, parseJson } from '#wire/json.ts'
import { LANGUAGES, fill, reportText } from './verifyReport.ts'
import type { VerifyWords } from './verifyReportWords.ts'

/** Receives the report. */
export interface Output {
  write(text: string): unknown
}

/** 0: proved. 1: broken. 2: not decided, because keys were not compared or something could not be read. */
export type ExitCode = 0 | 1 | 2

const EXIT_CODES = { proved: 0, broken: 1, keys_open: 2 } as const
const CHUNK_SIZE_BYTES = 1024 * 1024

/** Verifies with these arguments, and writes the report. */
export function runVerify(args: readonly string[], stdout: Output): ExitCode {
  const parsed = argumentsOf(args)
  const language = parsed?.values.lang ?? 'en'
  const words = LANGUAGES[language] ?? LANGUAGES['en']!
  const path = parsed?.positionals[0]
  if (parsed === null || path === undefined || parsed.positionals.length > 1 || !(language in LANGUAGES)) {
    stdout.write(`${words.usage}\n`)
    return 2
  }
  const { fingerprint, trust, content, against, json } = parsed.values
  const bytes = readOrNull(path)
  const other = against === undefined ? undefined : readOrNull(against)
  const trusted = trust?.map((file) => ({ path: file, card: cardOf(file) }))
  const notACard = trusted?.find(({ card }) => card === null)
  const unreadable = [
    ...(bytes === null ? [path] : []),
    ...(other === null && against !== undefined ? [against] : []),
    ...(content !== undefined && !isFile(content) ? [content] : []),
  ][0]
  if (bytes === null || unreadable !== undefined || notACard !== undefined) {
    stdout.write(`${problem(words, unreadable, notACard?.path)}\n`)
    return 2
  }
  const options: VerifyOptions = {
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(trusted === undefined
      ? {}
      : { trusted: trusted.flatMap(({ card }) => (card === null ? [] : [card])) }),
    ...(other === undefined || other === null ? {} : { against: textOf(other) }),
    ...(content === undefined ? {} : { content: chunksOf(content) }),
  }
  const report = verifyEvidence(textOf(bytes), options)
  stdout.write(json === true ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, words, language))
  return EXIT_CODES[report.verdict]
}

function argumentsOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        fingerprint: { type: 'string' },
        trust: { type: 'string', multiple: true },
        content: { type: 'string' },
        against: { type: 'string' },
        json: { type: 'boolean' },
        lang: { type: 'string' },
      },
    })
  } catch {
    return null
  }
}

function problem(words: VerifyWords, unreadable: string | undefined, notACard: string | undefined): string {
  return unreadable === undefined
    ? fill(words.notACard, { path: notACard ?? '' })
    : fill(words.cannotRead, { path: unreadable })
}

/**
 * The bytes of a file, or null. For a file above the limit, one byte more than the limit, so that it is
 * refused.
 */
function readOrNull(path: string): Buffer | null {
  try {
    if (statSync(path).size > EVIDENCE_SIZE_BYTES_MAX) return Buffer.alloc(EVIDENCE_SIZE_BYTES_MAX + 1)
    return readFileSync(path)
  } catch {
    return null
  }
}

/** The text of the bytes; empty, and so refused as evidence, if they are not UTF-8. */
function textOf(bytes: Buffer): string {
  try {
    return decodeUtf8(bytes, 'file')
  } catch {
    return ''
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function cardOf(path: string): SignedCard | null {
  try {
    return SignedCard.parse(parseJson(decodeUtf8(readFileSync(path), 'card'), 'card'))
  } catch {
    return null
  }
}

/** The chunks of a file, so that content of any size needs little memory. */
function* chunksOf(path: string): Iterable<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    const chunk = Buffer.alloc(CHUNK_SIZE_BYTES)
    for (;;) {
      const sizeBytes = readSync(file, chunk)
      if (sizeBytes === 0) return
      yield chunk.subarray(0, sizeBytes)
    }
  } finally {
    closeSync(file)
  }
}

if (import.meta.main) process.exitCode = runVerify(process.argv.slice(2), process.stdout)
