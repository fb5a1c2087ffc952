/**
 * Fetches content that is too large for a bundle (LINK-40 to LINK-44). A fetch resumes where the last attempt
 * stopped, is verified against the digest in the partner's statement, and is registered in the act that
 * finishes what waited for it. A partner that lies about a size or serves other bytes delays only its own
 * content.
 */
import type { Sha384 } from '#wire/digest.ts'
import { BlobError } from '#node/kernel/blobError.ts'
import type { BlobFolder, StoredBlob } from '#node/kernel/blobs.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import type { World } from '#node/world.ts'
import { keepContent } from './blobPort.store.ts'
import type { Arrived } from './blobPort.store.ts'
import { nextRetry, nextWanted, recordAttempt, recordFailedFetch } from './content.store.ts'
import type { Wanted } from './content.store.ts'
import type { StepResult } from './federation.courier.ts'
import { readPartner } from './federation.store.ts'
import { retryDelayMs } from './partner.ts'
import type { Partner } from './partner.ts'
import { Unreachable } from './transport.ts'
import type { Transport } from './transport.ts'

export interface ContentOptions {
  readonly acts: Acts
  readonly world: World
  readonly transport: Transport
  readonly folder: BlobFolder
  readonly arrived: Arrived
  /** True if this process is the courier; called inside an act. */
  leads(act: Act): Promise<boolean>
}

/** Fetches one wanted blob from a partner. `more` means that another may be due. */
export async function fetchWanted(options: ContentOptions, nation: string): Promise<StepResult> {
  const due = await options.acts.run((act) => choose(options, act, nation))
  if ('nextAt' in due) return { more: false, ...due }
  try {
    const blob = await fetchContent(options, due.partner, due.wanted)
    await options.acts.run((act) => keepContent(act, [blob], options.arrived))
    return { more: true }
  } catch (error) {
    const code = faultOf(error)
    if (code === null) throw error
    await options.acts.run((act) => backOff(options, act, nation, due.wanted, code))
    return { more: true }
  }
}

async function choose(
  options: ContentOptions,
  act: Act,
  nation: string,
): Promise<{ partner: Partner; wanted: Wanted } | { nextAt: number | null }> {
  const partner = await readPartner(act.tx, nation)
  if (partner === null || partner.state !== 'open' || !(await options.leads(act))) return { nextAt: null }
  const now = options.world.now()
  const wanted = await nextWanted(act.tx, nation, now)
  if (wanted === null) return { nextAt: await nextRetry(act.tx, nation) }
  await recordAttempt(act.tx, nation, wanted.digest, now)
  return { partner, wanted }
}

async function fetchContent(options: ContentOptions, partner: Partner, wanted: Wanted): Promise<StoredBlob> {
  const { folder, transport } = options
  const digest = wanted.digest as Sha384
  const partBytes = await folder.partSizeBytes(digest)
  if (partBytes < wanted.sizeBytes) {
    const chunks = await transport.fetchBlob(partner, digest, partBytes)
    await folder.appendPart(digest, partBytes, chunks, wanted.sizeBytes)
  }
  return folder.completePart(digest, wanted.sizeBytes)
}

/** The code of a fault of the partner or the network; null for a fault of this node. */
function faultOf(error: unknown): string | null {
  return error instanceof Unreachable || error instanceof BlobError ? error.code : null
}

async function backOff(
  options: ContentOptions,
  act: Act,
  nation: string,
  wanted: Wanted,
  error: string,
): Promise<void> {
  const failures = wanted.failures + 1
  const chance = options.world.random(1)[0]! / 256
  const retryAt = options.world.now() + retryDelayMs(failures, chance)
  await recordFailedFetch(act.tx, nation, wanted.digest, { failures, retryAt, error })
}
