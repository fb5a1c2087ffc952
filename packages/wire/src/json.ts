/**
 * Strict JSON for everything that comes from outside (WIRE-2): UTF-8 without replacement, one value, no duplicate
 * keys, bounded depth, no numbers outside the safe integers. Attacker-controlled; parse defensively.
 */

/** Malformed input: a stable `code`, and the `place` in the input that is wrong. */
export class Malformed extends Error {
  readonly code: string
  readonly place: string
  constructor(code: string, place: string, cause?: unknown) {
    super(`${code} at ${place}`, { cause })
    this.code = code
    this.place = place
  }
}

const DEPTH_MAX = 32

/** Decodes exact UTF-8; a byte order mark, an overlong form or a lone surrogate is malformed. */
export function decodeUtf8(bytes: Uint8Array, place: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new Malformed('not_utf8', place, cause)
  }
}

/**
 * Parses strict JSON text.
 * @throws Malformed with code `not_json`, `duplicate_key`, `too_deep` or `unsafe_number`
 */
export function parseJson(text: string, place: string): unknown {
  checkDepth(text, place)
  let value: unknown
  try {
    value = JSON.parse(text, (key, parsed: unknown) => {
      if (key === '__proto__' || !key.isWellFormed()) throw new Malformed('not_json', place)
      if (typeof parsed === 'number' && !isSafe(parsed)) throw new Malformed('unsafe_number', place)
      if (typeof parsed === 'string' && !parsed.isWellFormed()) throw new Malformed('not_json', place)
      return parsed
    })
  } catch (cause) {
    if (cause instanceof Malformed) throw cause
    throw new Malformed('not_json', place, cause)
  }
  scanStructure(text, place)
  return value
}

function isSafe(number: number): boolean {
  return Number.isSafeInteger(number) || (Number.isFinite(number) && Math.abs(number) < 2 ** 53)
}

/**
 * Refuses deep nesting before parsing, which bounds the parser's time and stack. The text need not be JSON.
 */
function checkDepth(text: string, place: string): void {
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (character === '"') index = endOfString(text, index)
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
    if (depth > DEPTH_MAX) throw new Malformed('too_deep', place)
  }
}

/** Scans text that is known to be JSON, and refuses duplicate keys. */
function scanStructure(text: string, place: string): void {
  const keys: (Set<string> | null)[] = []
  let index = 0
  let expectKey = false
  while (index < text.length) {
    const character = text[index]
    if (character === '{' || character === '[') {
      keys.push(character === '{' ? new Set() : null)
      expectKey = character === '{'
    } else if (character === '}' || character === ']') {
      keys.pop()
      expectKey = false
    } else if (character === ',') {
      expectKey = keys.at(-1) instanceof Set
    } else if (character === ':') {
      expectKey = false
    } else if (character === '"') {
      const end = endOfString(text, index)
      if (expectKey) noteKey(keys.at(-1), text.slice(index, end + 1), place)
      index = end
    }
    index += 1
  }
}

function noteKey(seen: Set<string> | null | undefined, quoted: string, place: string): void {
  const key = JSON.parse(quoted) as string
  if (seen?.has(key)) throw new Malformed('duplicate_key', `${place}.${key}`)
  seen?.add(key)
}

function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1
  return index
}

/**
 * The canonical text of a value: keys ordered by UTF-16 code unit, no white space, undefined values omitted.
 * Takes only strings, safe numbers, booleans, null, arrays and records. Two nodes write equal values as equal
 * bytes.
 * @throws Malformed `unsafe_number`
 */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value === 'number' && !isSafe(value)) throw new Malformed('unsafe_number', 'canonicalText')
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const record = value as Readonly<Record<string, unknown>>
  const names = Object.keys(record)
    .filter((name) => record[name] !== undefined)
    .sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(record[name])}`).join(',')}}`
}
