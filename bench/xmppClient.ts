/** A small XMPP client (RFC 6120): STARTTLS with our own CA, SASL PLAIN, one resource, stanzas as text. */
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** An account and its server. */
export interface XmppAccount {
  readonly address: string
  readonly port: number
  readonly domain: string
  readonly user: string
  readonly password: string
  readonly resource: string
  /** The CA that signed the server's certificate. */
  readonly authorityPem: string
}

export interface XmppClient {
  readonly jid: string
  send(stanza: string): void
  /** Sends every stanza from now on to this listener. */
  listen(listener: (stanza: string) => void): void
  close(): void
}

/** Connects and signs in. */
export async function connectXmpp(account: XmppAccount): Promise<XmppClient> {
  const plain = connect({ host: account.address, port: account.port, noDelay: true })
  await once(plain, 'connect')
  const before = createStream(plain, account.domain)
  await before.open()
  before.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
  expectStart(await before.next(), '<proceed')
  before.detach()
  const secure = connectTls({ socket: plain, servername: account.domain, ca: account.authorityPem })
  await once(secure, 'secureConnect')
  const unknown = createStream(secure, account.domain)
  await unknown.open()
  const secret = Buffer.from(`\0${account.user}\0${account.password}`).toString('base64')
  unknown.send(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${secret}</auth>`)
  expectStart(await unknown.next(), '<success')
  unknown.detach()
  const stream = createStream(secure, account.domain)
  await stream.open()
  const bind = `<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>${account.resource}</resource></bind>`
  stream.send(`<iq type='set' id='bind'>${bind}</iq>`)
  expectStart(await stream.next(), '<iq')
  return {
    jid: `${account.user}@${account.domain}/${account.resource}`,
    send: stream.send,
    listen: stream.listen,
    close: () => secure.destroy(),
  }
}

function once(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once(event, () => {
      socket.off('error', reject)
      resolve()
    })
  })
}

function expectStart(stanza: string, start: string): void {
  if (!stanza.startsWith(start)) throw new Error(`the server answered ${stanza.slice(0, 200)}`)
}

/** One XML stream over a socket. Stanzas without a listener are queued. */
function createStream(socket: Socket, domain: string) {
  const kept: string[] = []
  let listener = (stanza: string): void => void kept.push(stanza)
  const cut = createStanzaCutter((stanza) => listener(stanza))
  const onData = (chunk: Buffer): void => cut(chunk.toString('utf8'))
  socket.on('data', onData)
  const next = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const first = kept.shift()
      if (first !== undefined) return resolve(first)
      socket.once('error', reject)
      listener = (stanza) => {
        listener = (later) => void kept.push(later)
        resolve(stanza)
      }
    })
  return {
    next,
    send: (text: string): void => void socket.write(text),
    /** Opens the stream and waits for the server's stream features. */
    async open(): Promise<void> {
      const names = "xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'"
      socket.write(`<?xml version='1.0'?><stream:stream to='${domain}' ${names}>`)
      expectStart(await next(), '<stream:features')
    },
    listen(to: (stanza: string) => void): void {
      listener = to
      for (const stanza of kept.splice(0)) to(stanza)
    },
    detach: (): void => void socket.off('data', onData),
  }
}

/**
 * Splits a stream into the stanzas below its root. The server escapes `>` within attributes and text, so the
 * next `>` always ends a tag. A multi-byte character split across two reads would be corrupted, which is
 * harmless here: only the label is not ASCII, and it is not read.
 */
function createStanzaCutter(found: (stanza: string) => void): (text: string) => void {
  let held = ''
  let at = 0
  let depth = 0
  let begin = 0
  return (text) => {
    held += text
    for (;;) {
      const open = held.indexOf('<', at)
      const close = open === -1 ? -1 : held.indexOf('>', open)
      if (close === -1) break
      at = close + 1
      const kind = held[open + 1]
      if (kind === '?' || kind === '!') continue
      if (kind === '/') depth -= 1
      else {
        if (depth === 1) begin = open
        if (held[close - 1] !== '/') depth += 1
        else if (depth !== 1) continue
      }
      if (depth === 1 && (kind === '/' || held[close - 1] === '/')) found(held.slice(begin, at))
    }
    // Drop complete stanzas.
    const done = depth > 1 ? begin : at
    held = held.slice(done)
    at -= done
    begin = 0
  }
}
