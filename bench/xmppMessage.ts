/** The message of the Prosody benchmark: sealed and signed by the sender, verified by the receiver. */
import { createCipheriv, createDecipheriv, randomBytes, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { xml } from '@xmpp/client'
import type { Stanza } from './xmppClient.ts'

const RECEIPTS = 'urn:xmpp:receipts'

const CIPHER = 'aes-256-gcm'
const NONCE_SIZE_BYTES = 12
const TAG_SIZE_BYTES = 16
const SIGNATURE_SIZE_BYTES = 64

/** Seals and signs: nonce, ciphertext, tag, signature, in base64. */
export function sealBody(body: Uint8Array, contentKey: Uint8Array, signer: KeyObject): string {
  const nonce = randomBytes(NONCE_SIZE_BYTES)
  const cipher = createCipheriv(CIPHER, contentKey, nonce)
  const sealed = Buffer.concat([nonce, cipher.update(body), cipher.final(), cipher.getAuthTag()])
  return Buffer.concat([sealed, sign(null, sealed, signer)]).toString('base64')
}

/** Verifies and opens. Throws if either fails. */
export function openBody(text: string, contentKey: Uint8Array, signer: KeyObject): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  const sealed = bytes.subarray(0, -SIGNATURE_SIZE_BYTES)
  if (!verify(null, sealed, signer, bytes.subarray(-SIGNATURE_SIZE_BYTES)))
    throw new Error('the signature fails')
  const opener = createDecipheriv(CIPHER, contentKey, sealed.subarray(0, NONCE_SIZE_BYTES))
  opener.setAuthTag(sealed.subarray(-TAG_SIZE_BYTES))
  return Buffer.concat([opener.update(sealed.subarray(NONCE_SIZE_BYTES, -TAG_SIZE_BYTES)), opener.final()])
}

/** A message with its label (XEP-0258) that asks for a receipt (XEP-0184). */
export function messageStanza(id: string, to: string, body: string): Stanza {
  return xml(
    'message',
    { type: 'normal', id, to },
    xml('body', {}, body),
    xml(
      'securitylabel',
      { xmlns: 'urn:xmpp:sec-label:0' },
      xml('displaymarking', { fgcolor: 'black', bgcolor: 'red' }, '極秘'),
      xml(
        'label',
        {},
        xml('marking', {
          xmlns: 'urn:bench:label',
          nation: 'JP',
          equivalent: 'KR',
          category: 'missile_launch',
        }),
      ),
    ),
    xml('request', { xmlns: RECEIPTS }),
  )
}

/** The receipt for a message. */
export function receiptStanza(id: string, to: string): Stanza {
  return xml('message', { type: 'normal', id: `r${id}`, to }, xml('received', { xmlns: RECEIPTS, id }))
}

/** The id that a receipt acknowledges; null for any other stanza. */
export function receiptedId(stanza: Stanza): string | null {
  const id: unknown = stanza.getChild('received', RECEIPTS)?.attrs['id']
  return typeof id === 'string' ? id : null
}

/** Id, sender and body of a message; null for any other stanza. */
export function readMessage(stanza: Stanza): { id: string; from: string; body: string } | null {
  const { id, from } = stanza.attrs as Readonly<Record<string, string | undefined>>
  const body = stanza.getChildText('body')
  return id === undefined || from === undefined || body === null ? null : { id, from, body }
}
