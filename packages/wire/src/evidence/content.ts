/**
 * Checks that a given content is the one to which the matter is committed: recomputes the commitment from the
 * bytes and from the metadata that the exporter disclosed (EVI-29).
 */
import { createHash } from 'node:crypto'
import { attempt, expectThat, fail } from './findings.ts'
import type { Findings } from './findings.ts'
import { contentCommitment } from '../seal/stream.ts'
import { parseSealMetadata, saltOf } from '../seal/metadata.ts'

/**
 * True if the content matches the commitment; otherwise adds the fault to the findings. No content matches
 * a matter that seals none, whose commitment is null.
 */
export function proveContent(
  findings: Findings,
  opening: string | null,
  content: Iterable<Uint8Array>,
  commitment: string | null,
): boolean {
  if (opening === null || commitment === null) {
    fail(findings, 'content', 'opening', 'opening_missing')
    return false
  }
  const metadata = attempt(findings, 'content', 'opening', 'opening_malformed', () =>
    parseSealMetadata(opening),
  )
  if (metadata === null) return false
  const salt = attempt(findings, 'content', 'opening', 'opening_malformed', () => saltOf(metadata))
  if (salt === null) return false
  // The content digest of SEAL-20, computed over a stream.
  const digest = createHash('sha384').update('entente content v1\n').update(salt)
  for (const chunk of content) digest.update(chunk)
  const isThis = contentCommitment(opening, digest.digest()) === commitment
  return expectThat(findings, isThis, 'content', 'opening', 'content_differs')
}
