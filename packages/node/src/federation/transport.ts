/** How a courier reaches a partner. The node uses HTTPS; the simulator its own network. */
import type { Partner } from './partner.ts'

/** The partner could not be reached, or did not answer in its protocol. The courier tries again later. */
export class Unreachable extends Error {
  readonly code: string
  constructor(code: string, cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

/** The answer to a bundle: what `Received` says, as it crosses (LINK-14). */
export interface ExtendReply {
  readonly outcome: 'cosigned' | 'behind' | 'frozen' | 'refused'
  /** A note for `cosigned` and `behind`; a code for `refused`. */
  readonly body: Uint8Array
}

export interface Transport {
  /** @throws Unreachable */
  extend(partner: Partner, bundle: Uint8Array): Promise<ExtendReply>
  /** Streams content from a byte on; @throws Unreachable */
  fetchBlob(partner: Partner, digest: string, fromByte: number): Promise<AsyncIterable<Uint8Array>>
  /** C2SP tlog-witness add-checkpoint; @throws Unreachable */
  addCheckpoint(partner: Partner, request: string): Promise<{ status: number; body: string }>
}
