/** The transport from a courier to a partner: HTTPS in the node, a simulated network in the simulator. */
import type { Partner } from './partner.ts'

/** The partner could not be reached or violated the protocol. The courier retries later. */
export class Unreachable extends Error {
  readonly code: string
  constructor(code: string, cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

/** The reply to a bundle: a `Received` as the sender sees it (LINK-14). */
export interface ExtendReply {
  readonly outcome: 'cosigned' | 'behind' | 'frozen' | 'refused'
  /** A note for `cosigned` and `behind`; a code for `refused`. */
  readonly body: Uint8Array
}

export interface Transport {
  /** @throws Unreachable */
  extend(partner: Partner, bundle: Uint8Array): Promise<ExtendReply>
  /** Streams content from byte `fromByte`. @throws Unreachable */
  fetchBlob(partner: Partner, digest: string, fromByte: number): Promise<AsyncIterable<Uint8Array>>
  /** Sends the add-checkpoint request of C2SP tlog-witness. @throws Unreachable */
  addCheckpoint(partner: Partner, request: string): Promise<{ status: number; body: string }>
}
