/**
 * `entente verify FILE`: checks an evidence file with no node and no network, and says in plain words what is
 * proved and what is not (EVI-34, EVI-35). Runs on its own or through the CLI.
 */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { SignedCard } from '#wire/link/card.ts'
import { EVIDENCE_SIZE_BYTES_MAX } from '#wire/evidence/evidence.ts'
import { verifyEvidence } from '#wire/evidence/verify.ts'
import type { VerifyOptions } from '#wire/evidence/verify.ts'
import { decodeUtf8, parseJson } from '#wire/json.ts'
import { LANGUAGES } from '#words/word.ts'
import type { Language } from '#words/word.ts'
import { reportText } from './verifyReport.ts'
import { fill } from './verifyVoice.ts'
import { problems } from './verifyWords.ts'

/** Where to write the report. */
export interface Output {
  write(text: string): unknown
}

/** 0: proved. 1: broken. 2: not decided, because keys were not compared or a file could not be read. */
export type ExitCode = 0 | 1 | 2

const EXIT_CODES = { proved: 0, broken: 1, keys_open: 2 } as const
const CHUNK_SIZE_BYTES = 1024 * 1024

/** Verifies according to the arguments, and writes the report. */
export function runVerify(args: readonly string[], stdout: Output): ExitCode {
  const parsed = argumentsOf(args)
  const language = languageOf(parsed?.values.lang ?? 'en')
  const path = parsed?.positionals[0]
  if (parsed === null || path === undefined || parsed.positionals.length > 1 || language === null) {
    stdout.write(`${problems.usage[language ?? 'en']}\n`)
    return 2
  }
  const { fingerprint, trust, content, against, json } = parsed.values
  const bytes = readOrNull(path)
  const other = against === undefined ? undefined : readOrNull(against)
  const trusted = trust?.map((path) => ({ path, card: cardOf(path) }))
  const notACard = trusted?.find(({ card }) => card === null)
  const unreadable = [
    ...(bytes === null ? [path] : []),
    ...(other === null && against !== undefined ? [against] : []),
    ...(content !== undefined && !isFile(content) ? [content] : []),
  ][0]
  if (bytes === null || unreadable !== undefined || notACard !== undefined) {
    stdout.write(`${problem(language, unreadable, notACard?.path)}\n`)
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
  stdout.write(json === true ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, language))
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

function languageOf(text: string): Language | null {
  return LANGUAGES.find((language) => language === text) ?? null
}

function problem(language: Language, unreadable: string | undefined, notACard: string | undefined): string {
  return unreadable === undefined
    ? fill(problems.notACard[language], { path: notACard ?? '' })
    : fill(problems.cannotRead[language], { path: unreadable })
}

/** The bytes of a file. Of a file above the size limit of evidence, returns one byte more than the limit. */
function readOrNull(path: string): Buffer | null {
  try {
    if (statSync(path).size > EVIDENCE_SIZE_BYTES_MAX) return Buffer.alloc(EVIDENCE_SIZE_BYTES_MAX + 1)
    return readFileSync(path)
  } catch {
    return null
  }
}

/** The text of a file; empty, which is no evidence, if the bytes are not UTF-8. */
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

/** A file in chunks, so that comparing content of any size takes little memory. */
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
