/**
 * The HTTPS server for partners, called the door (LINK-52 to LINK-58). Only the pinned client certificate
 * identifies a partner. Size, rate and number of requests are limited for each partner before a request is
 * read, so that one partner cannot affect the others.
 */
import { createServer } from 'node:https'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { pipeline } from 'node:stream/promises'
import { NETWORK_LIMITS } from '#wire/link/bundle.ts'
import type { Sha384 } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { BlobError } from '#node/kernel/blobError.ts'
import { SMALL_BLOB_SIZE_BYTES_MAX } from '#node/kernel/blobs.ts'
import type { BlobFolder } from '#node/kernel/blobs.ts'
import { findBlob } from '#node/kernel/blobs.store.ts'
import { isUnavailable } from '#node/kernel/databaseError.ts'
import { isOffered } from './content.store.ts'
import { createAdmission } from './admission.ts'
import type { AdmissionLimits } from './admission.ts'
import { TLS_GROUPS, pinOf } from './federation.transport.ts'
import { readPartners } from './federation.store.ts'
import type { Partner } from './partner.ts'
import { receiveBundle, replyOf } from './receive.commands.ts'
import type { ReceiverOptions } from './receive.commands.ts'
import type { TlsIdentity } from './tlsIdentity.ts'
import type { ExtendReply } from './transport.ts'
import { addCheckpoint } from './witness.commands.ts'
import type { World } from '#node/world.ts'

export interface PartnerDoorOptions {
  readonly tls: TlsIdentity
  readonly receiver: ReceiverOptions
  readonly folder: BlobFolder
  readonly world: World
  readonly limits?: Partial<DoorLimits>
  /** Called when entries of a partner were stored and must be applied. */
  heard(): void
  /** Called with unexpected errors, for the operator's log. */
  report(error: unknown): void
}

export interface DoorLimits extends AdmissionLimits {
  /** Limit for the headers of a request, and for a connection without traffic. */
  readonly idleTimeoutMs: number
  /** Limit for receiving a whole request. */
  readonly requestTimeoutMs: number
}

const LIMITS: DoorLimits = {
  ratePerS: 2000,
  burst: 4000,
  requestsMax: 16,
  connectionsMax: 16,
  idleTimeoutMs: 20_000,
  requestTimeoutMs: 60_000,
}

/** Limit for a bundle: entries, small content for every entry, notes and header. */
const EXTEND_SIZE_BYTES_MAX =
  NETWORK_LIMITS.entryBytesMax + NETWORK_LIMITS.entriesMax * (SMALL_BLOB_SIZE_BYTES_MAX + 64) + 256 * 1024
const WITNESS_SIZE_BYTES_MAX = 64 * 1024
const STATUS: Readonly<Record<ExtendReply['outcome'], number>> = {
  cosigned: 200,
  behind: 409,
  frozen: 423,
  refused: 400,
}

/** Builds the door, not listening yet. */
export function createPartnerDoor(options: PartnerDoorOptions): Server {
  const limits = { ...LIMITS, ...options.limits }
  const admission = createAdmission(limits, options.world)
  const identify = createIdentify(options)
  const server = createServer({
    key: options.tls.keyPem,
    cert: options.tls.certificatePem,
    requestCert: true,
    // No certificate authority is trusted. The pin is checked below instead of the chain.
    rejectUnauthorized: false,
    minVersion: 'TLSv1.3',
    ecdhCurve: TLS_GROUPS,
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: 5000,
    maxHeaderSize: 8192,
    noDelay: true,
    connectionsCheckingInterval: Math.min(1000, limits.idleTimeoutMs),
    headersTimeout: limits.idleTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: 65_000,
  })
  server.maxConnections = 512
  const callers = new WeakMap<object, Promise<string | null>>()
  server.on('secureConnection', (socket: TLSSocket) => {
    const caller = identify(pinOf(socket.getPeerX509Certificate()))
    callers.set(socket, caller)
    void caller.then(
      (nation) => {
        if (nation === null || !admission.connect(nation)) return socket.destroy()
        socket.once('close', () => admission.disconnect(nation))
        return undefined
      },
      () => socket.destroy(),
    )
  })
  // A client that disconnects during the handshake is not an error of this node.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  server.on('timeout', (socket) => socket.destroy())
  server.timeout = limits.idleTimeoutMs
  server.on('request', (request, response) => {
    void serve(options, request, response, callers.get(request.socket), admission)
  })
  return server
}

type Caller = Promise<string | null> | undefined

async function serve(
  options: PartnerDoorOptions,
  request: IncomingMessage,
  response: ServerResponse,
  caller: Caller,
  admission: ReturnType<typeof createAdmission>,
): Promise<void> {
  try {
    const nation = (await caller) ?? null
    if (nation === null) return refuse(request, response, 403)
    if (!admission.enter(nation)) return refuse(request, response, 429)
    try {
      const partner = await partnerAt(options, nation, request.socket as TLSSocket)
      if (partner === null) return refuse(request, response, 403)
      await answer(options, request, response, partner)
    } finally {
      admission.leave(nation)
    }
  } catch (error) {
    if (response.headersSent) request.socket.destroy()
    else refuse(request, response, statusOf(error))
    if (!(error instanceof Malformed) && !isDisconnect(error)) options.report(error)
  }
}

/** The status of an error. After 503 the partner retries, as after any failure. */
function statusOf(error: unknown): number {
  if (error instanceof Malformed) return 413
  return isUnavailable(error) ? 503 : 500
}

function isDisconnect(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'EPIPE'
}

/** Answers the three requests of LINK-57. */
async function answer(
  options: PartnerDoorOptions,
  request: IncomingMessage,
  response: ServerResponse,
  partner: Partner,
): Promise<void> {
  const { acts, keys } = options.receiver
  const asked = `${request.method} ${request.url}`
  if (asked === 'POST /link/v1/extend') {
    const received = await receiveBundle(
      options.receiver,
      limitBytes(request, EXTEND_SIZE_BYTES_MAX),
      partner.nation,
    )
    if (received.outcome === 'cosigned' && received.stored > 0) options.heard()
    const { outcome, body } = replyOf(received)
    return reply(request, response, STATUS[outcome], body)
  }
  if (partner.state !== 'open') return refuse(request, response, 403)
  if (asked === 'POST /link/v1/witness/add-checkpoint') {
    const pieces: Uint8Array[] = []
    for await (const piece of limitBytes(request, WITNESS_SIZE_BYTES_MAX)) pieces.push(piece)
    const { status, body } = await addCheckpoint(acts, keys, partner, Buffer.concat(pieces).toString('utf8'))
    return reply(request, response, status, Buffer.from(body))
  }
  const digest = /^GET \/link\/v1\/blobs\/([0-9a-f]{96})$/.exec(asked)?.[1]
  if (digest === undefined) return refuse(request, response, 404)
  return serveContent(options, request, response, partner.nation, `sha384:${digest}` as Sha384)
}

/**
 * Serves content that a statement to this partner names, from any byte. Other content is indistinguishable
 * from missing content (LINK-41).
 */
async function serveContent(
  options: PartnerDoorOptions,
  request: IncomingMessage,
  response: ServerResponse,
  nation: string,
  digest: Sha384,
): Promise<void> {
  const blob = await options.receiver.acts.run(async (act) =>
    (await isOffered(act.tx, nation, digest)) ? findBlob(act.tx, digest) : null,
  )
  if (blob === null) return refuse(request, response, 404)
  const range = /^bytes=(\d{1,15})-(\d{1,15})?$/.exec(request.headers.range ?? 'bytes=0-')
  const from = Number(range?.[1])
  const to = range?.[2] === undefined ? blob.sizeBytes : Math.min(Number(range[2]) + 1, blob.sizeBytes)
  if (range === null || from >= to) return refuse(request, response, 416)
  response.writeHead(206, {
    'content-type': 'application/octet-stream',
    'content-length': to - from,
    'content-range': `bytes ${from}-${to - 1}/${blob.sizeBytes}`,
  })
  try {
    await pipeline(options.folder.read(blob, from, to), response)
  } catch (error) {
    response.destroy()
    if (error instanceof BlobError || !isDisconnect(error)) throw error
  }
}

/** The bytes of a request. @throws Malformed `too_large` beyond the limit */
async function* limitBytes(request: IncomingMessage, sizeBytesMax: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > sizeBytesMax)
    throw new Malformed('too_large', 'request')
  let sizeBytes = 0
  for await (const chunk of request) {
    sizeBytes += (chunk as Uint8Array).length
    if (sizeBytes > sizeBytesMax) throw new Malformed('too_large', 'request')
    yield chunk as Uint8Array
  }
}

function reply(request: IncomingMessage, response: ServerResponse, status: number, body: Uint8Array): void {
  // A short unread rest of the request is skipped: a new handshake would cost more.
  const declaredBytes = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY)
  if (!request.complete && declaredBytes > SMALL_BLOB_SIZE_BYTES_MAX)
    response.setHeader('connection', 'close')
  response.writeHead(status, { 'content-type': 'application/octet-stream', 'content-length': body.length })
  response.end(body)
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  reply(request, response, status, new Uint8Array(0))
}

async function partnerAt(
  options: PartnerDoorOptions,
  nation: string,
  socket: TLSSocket,
): Promise<Partner | null> {
  const partner = await options.receiver.readPartner(nation)
  // The card may have changed since the connection was opened.
  return partner?.card.certificate === pinOf(socket.getPeerX509Certificate()) ? partner : null
}

/**
 * Looks up the nation of a pinned certificate. Unknown certificates cause at most one database read per
 * second.
 */
function createIdentify(options: PartnerDoorOptions): (pin: string | null) => Promise<string | null> {
  let known = new Map<string, string>()
  let readAt = Number.NEGATIVE_INFINITY
  return async (pin) => {
    if (pin === null) return null
    const now = options.world.now()
    if (!known.has(pin) && now - readAt >= 1000) {
      readAt = now
      const partners = await options.receiver.acts.run((act) => readPartners(act.tx))
      known = new Map(partners.map(({ nation, card }) => [card.certificate, nation]))
    }
    return known.get(pin) ?? null
  }
}
