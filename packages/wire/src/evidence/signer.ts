/**
 * Verifies signed acts against the directory that the nation itself put into its log before the statement
 * (EVI-15, EVI-16).
 */
import { createPublicKey, hash } from 'node:crypto'
import { decodeBase64 } from '../digest.ts'
import type { ProvedLog, ProvedStatement } from './log.ts'
import { attempt, expectThat, fail, hold } from './findings.ts'
import type { EngineFault, Findings } from './findings.ts'
import { parseActText, verifyAct } from '../personAct.ts'
import type { ActText } from '../personAct.ts'
import { ACTS } from '../pillars.ts'
import type { ActName } from '../pillars.ts'
import type { Statement } from '../statement.ts'

export type DirectoryEntry = Statement<'directory.entered'>['body']

/** A signed act that verifies, and the directory entry that it rests on. */
export interface Signed {
  readonly act: ActText
  readonly entry: DirectoryEntry
}

/** What a signed act must say. */
export interface ExpectedAct<Check extends string> {
  readonly check: Check
  readonly act: ActName
  /** Digest of the exact text that is signed. */
  readonly over: string
}

const SPKI_SIZE_BYTES = 44

/**
 * Checks the directory entries of a log: one Ed25519 key each, under its own id, and never of two persons.
 */
export function checkDirectory(findings: Findings, log: ProvedLog): void {
  const owners = new Map<string, string>()
  for (const { statement, place } of log.statements) {
    if (statement.kind !== 'directory.entered') continue
    const { key, keyId, person } = statement.body
    const owner = owners.get(keyId)
    const good = isKeyOf(key, keyId) && (owner === undefined || owner === person)
    expectThat(findings, good, 'directory', place, 'directory_entry_invalid')
    owners.set(keyId, person)
  }
}

function isKeyOf(key: string, keyId: string): boolean {
  try {
    const der = Buffer.from(decodeBase64(key))
    if (der.length !== SPKI_SIZE_BYTES || hash('sha256', der).slice(0, 16) !== keyId) return false
    return createPublicKey({ key: der, format: 'der', type: 'spki' }).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}

/**
 * Verifies the signed act at `position` of a statement; null, with the fault recorded, if it is not valid.
 */
export function verifySigned<Check extends string>(
  findings: Findings<Check, EngineFault>,
  log: ProvedLog,
  said: ProvedStatement,
  position: number,
  expected: ExpectedAct<Check>,
): Signed | null {
  const { check } = expected
  const place = `${said.place}.acts.${position}`
  const signed = said.statement.acts?.[position]
  if (signed === undefined) {
    fail(findings, check, place, 'act_missing')
    return null
  }
  const claimed = attempt(findings, check, place, 'act_signature_invalid', () => parseActText(signed, place))
  if (claimed === null) return null
  const entry = entryBefore(log, claimed.key, said.index)
  if (entry === null || !isKeyOf(entry.key, entry.keyId)) {
    fail(findings, check, place, 'signer_unknown')
    return null
  }
  const act = attempt(findings, check, place, 'act_signature_invalid', () =>
    verifyAct(signed, entry.key, place),
  )
  return act !== null && says(findings, log, act, entry, expected, place) ? { act, entry } : null
}

function says<Check extends string>(
  findings: Findings<Check, EngineFault>,
  log: ProvedLog,
  act: ActText,
  entry: DirectoryEntry,
  expected: ExpectedAct<Check>,
  place: string,
): boolean {
  const { check } = expected
  const at = Date.parse(act.at)
  const isDated = Date.parse(entry.from) <= at && (entry.until === null || at < Date.parse(entry.until))
  const isTheirs = act.nation === log.nation && act.person === entry.person && act.office === entry.office
  if (!isTheirs || act.act !== expected.act) fail(findings, check, place, 'act_of_another')
  else if (act.over !== expected.over) fail(findings, check, place, 'act_not_over_this')
  else if (!isDated) fail(findings, check, place, 'signer_out_of_date')
  else if (!entry.authorities.includes(ACTS[expected.act])) {
    fail(findings, check, place, 'signer_not_authorised')
  } else {
    hold(findings, check, place)
    return true
  }
  return false
}

/**
 * The directory entry of a key just before an index of the log; null if there is none or it was withdrawn.
 */
function entryBefore(log: ProvedLog, keyId: string, end: number): DirectoryEntry | null {
  let entry: DirectoryEntry | null = null
  for (const { statement, index } of log.statements) {
    if (index >= end) break
    if (statement.kind === 'directory.entered' && statement.body.keyId === keyId) entry = statement.body
    if (statement.kind === 'directory.withdrawn' && statement.body.keyId === keyId) entry = null
  }
  return entry
}
