/** A client of an XMPP server: TLS with our own certificate authority, one resource. */
import { setDefaultCACertificates } from 'node:tls'
import { client } from '@xmpp/client'
import type { xml } from '@xmpp/client'

/** The address of an account. */
export interface XmppAccount {
  readonly address: string
  readonly port: number
  readonly domain: string
  readonly user: string
  readonly password: string
  readonly resource: string
  /** The authority that signed the server's certificate. */
  readonly authorityPem: string
}

/** One element of the stream: a message, a receipt. */
export type Stanza = ReturnType<typeof xml>

export interface XmppClient {
  readonly jid: string
  send(stanza: Stanza): Promise<void>
  /** Calls the listener with every stanza from now on. */
  listen(listener: (stanza: Stanza) => void): void
  close(): Promise<void>
}

/** Connects and signs in. */
export async function connectXmpp(account: XmppAccount): Promise<XmppClient> {
  setDefaultCACertificates([account.authorityPem])
  const connection = client({
    service: `xmpp://${account.address}:${account.port}`,
    domain: account.domain,
    resource: account.resource,
    username: account.user,
    password: account.password,
  })
  connection.reconnect.stop()
  const jid = await connection.start()
  return {
    jid: jid.toString(),
    send: (stanza) => connection.send(stanza),
    listen(listener) {
      connection.removeAllListeners('stanza')
      connection.on('stanza', listener)
    },
    async close() {
      await connection.stop()
    },
  }
}
