/**
 * The receiving client of the Prosody benchmark, in a separate process: opens messages and returns receipts.
 */
import { createPublicKey } from 'node:crypto'
import { serve } from './rpc.ts'
import { connectXmpp } from './xmppClient.ts'
import type { XmppAccount, XmppClient } from './xmppClient.ts'
import { openBody, readMessage, receiptStanza } from './xmppMessage.ts'

export interface Receiving {
  readonly account: XmppAccount
  readonly contentKey: string
  readonly signerPem: string
}

let client: XmppClient | null = null

const commands = {
  async open({ account, contentKey, signerPem }: Receiving): Promise<string> {
    const key = Buffer.from(contentKey, 'base64')
    const signer = createPublicKey(signerPem)
    const connected = await connectXmpp(account)
    client = connected
    connected.listen((stanza) => {
      const message = readMessage(stanza)
      if (message === null) return
      openBody(message.body, key, signer)
      void connected.send(receiptStanza(message.id, message.from))
    })
    return connected.jid
  },
  async stop(): Promise<void> {
    await client?.close()
  },
}

export type ReceiverCommands = typeof commands

serve(commands)
