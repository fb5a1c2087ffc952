/**
 * HTTPS transport to partners (LINK-50 to LINK-56): TLS 1.3 with both certificates pinned by the cards, and
 * one connection pool for each partner. Only the pin is trusted: no host name, address or certificate
 * authority.
 */
import type { X509Certificate } from 'node:crypto'
import { connect as connectTls } from 'node:tls'
import { Pool } from 'undici'
import type { Dispatcher, buildConnector } from 'undici'
import { encodeHex, sha256 } from '#wire/digest.ts'
import type { Partner } from './partner.ts'
import type { TlsIdentity } from './tlsIdentity.ts'
import { Unreachable } from './transport.ts'
import type { ExtendReply, Transport } from './transport.ts'

/** Hybrid groups first: traffic recorded today must stay secret from a future quantum computer (LINK-51). */
export const TLS_GROUPS = 'SecP384R1MLKEM1024:X25519MLKEM768:X25519:P-384'

export interface HttpsTransportOptions {
  readonly tls: TlsIdentity
  /** Limit for connecting, including the check of the pin. */
  readonly connectTimeoutMs?: number
  /** Limit for a pause in the response. */
  readonly idleTimeoutMs?: number
}

/** A transport with open connections. */
export interface HttpsTransport extends Transport {
  close(): Promise<void>
}

const CONNECTIONS_MAX = 4
const NOTE_SIZE_BYTES_MAX = 64 * 1024
const OUTCOMES: Readonly<Record<number, ExtendReply['outcome']>> = {
  200: 'cosigned',
  409: 'behind',
  423: 'frozen',
  400: 'refused',
}

/** Builds the transport. */
export function createHttpsTransport(options: HttpsTransportOptions): HttpsTransport {
  const pools = new Map<string, Pool>()
  const poolOf = (partner: Partner): Pool => {
    const { address, certificate } = partner.card
    const key = `${address} ${certificate}`
    const pool = pools.get(key) ?? createPool(options, address, certificate)
    pools.set(key, pool)
    return pool
  }
  return {
    async extend(partner, bundle) {
      const answer = await send(poolOf(partner), {
        path: '/link/v1/extend',
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: bundle,
      })
      const outcome = OUTCOMES[answer.statusCode]
      const body = await readBody(answer, NOTE_SIZE_BYTES_MAX)
      if (outcome === undefined) throw new Unreachable(`http_${answer.statusCode}`)
      return { outcome, body }
    },
    async fetchBlob(partner, digest, fromByte) {
      const answer = await send(poolOf(partner), {
        path: `/link/v1/blobs/${digest.slice('sha384:'.length)}`,
        method: 'GET',
        headers: { range: `bytes=${fromByte}-` },
      })
      const range = `bytes ${fromByte}-`
      const isRange = answer.statusCode === 206 && String(answer.headers['content-range']).startsWith(range)
      if (!isRange) {
        answer.body.destroy()
        throw new Unreachable(answer.statusCode === 206 ? 'range_differs' : `http_${answer.statusCode}`)
      }
      return streamBody(answer)
    },
    async addCheckpoint(partner, request) {
      const answer = await send(poolOf(partner), {
        path: '/link/v1/witness/add-checkpoint',
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: request,
      })
      const body = Buffer.from(await readBody(answer, NOTE_SIZE_BYTES_MAX)).toString('utf8')
      return { status: answer.statusCode, body }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()))
      pools.clear()
    },
  }
}

function createPool(options: HttpsTransportOptions, address: string, pin: string): Pool {
  const idleTimeoutMs = options.idleTimeoutMs ?? 30_000
  return new Pool(address, {
    connections: CONNECTIONS_MAX,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    headersTimeout: idleTimeoutMs,
    bodyTimeout: idleTimeoutMs,
    connect: pinnedConnector(options.tls, pin, options.connectTimeoutMs ?? 5000),
  })
}

/** Connects. The connection is used only if the server proves that it holds the pinned certificate's key. */
function pinnedConnector(tls: TlsIdentity, pin: string, timeoutMs: number): buildConnector.connector {
  return ({ hostname, port }, callback) => {
    const socket = connectTls({
      host: hostname,
      port: Number(port === '' ? 443 : port),
      key: tls.keyPem,
      cert: tls.certificatePem,
      minVersion: 'TLSv1.3',
      ecdhCurve: TLS_GROUPS,
      ALPNProtocols: ['http/1.1'],
      // No certificate authority is trusted. The pin is checked below instead of the chain.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    })
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 30_000)
    const timer = setTimeout(() => socket.destroy(new Unreachable('connect_timeout')), timeoutMs)
    const settle = (error: Error | null): void => {
      clearTimeout(timer)
      socket.removeListener('error', settle)
      if (error !== null) callback(error, null)
      else callback(null, socket)
    }
    socket.once('error', settle)
    socket.once('secureConnect', () => {
      if (pinOf(socket.getPeerX509Certificate()) === pin) settle(null)
      else socket.destroy(new Unreachable('certificate_differs'))
    })
  }
}

/** The pin of a certificate: SHA-256 of its DER, in hex. Null without a certificate. */
export function pinOf(certificate: X509Certificate | undefined): string | null {
  return certificate === undefined ? null : encodeHex(sha256(certificate.raw))
}

async function send(
  pool: Pool,
  request: Omit<Dispatcher.RequestOptions, 'origin'>,
): Promise<Dispatcher.ResponseData> {
  try {
    const answer = await pool.request(request)
    // A reader of the body gets the error anyway. An unread body must not crash the process.
    answer.body.on('error', () => undefined)
    return answer
  } catch (error) {
    throw unreachable(error)
  }
}

async function readBody(answer: Dispatcher.ResponseData, sizeBytesMax: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let sizeBytes = 0
  for await (const piece of streamBody(answer)) {
    sizeBytes += piece.length
    if (sizeBytes > sizeBytesMax) throw new Unreachable('answer_too_large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

async function* streamBody(answer: Dispatcher.ResponseData): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of answer.body) yield piece as Uint8Array
  } catch (error) {
    throw unreachable(error)
  }
}

/** A network error as a code that an operator can look up. */
function unreachable(error: unknown): Unreachable {
  if (error instanceof Unreachable) return error
  const code = (error as { code?: unknown } | null)?.code
  const named = typeof code === 'string' ? code.toLowerCase().replace(/[^a-z0-9_]/g, '_') : 'no_answer'
  return new Unreachable(named.slice(0, 60), error)
}
