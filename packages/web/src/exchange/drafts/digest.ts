/** Checks the digest of a text in the browser, without trusting the node. */
import { useEffect, useState } from 'react'

/** The SHA-384 of a text in UTF-8, in the notation of wire: `sha384:…`. */
export async function digestOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-384', new TextEncoder().encode(text)))
  return `sha384:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** True if the digest matches, false if not; null until it is computed or if there is nothing to compare. */
export function useDigestHolds(text: string | null, digest: string | null): boolean | null {
  const [computed, setComputed] = useState<{ readonly text: string; readonly digest: string } | null>(null)
  useEffect(() => {
    if (text === null) return
    void digestOf(text).then((own) => setComputed({ text, digest: own }))
  }, [text])
  if (text === null || digest === null || computed?.text !== text) return null
  return computed.digest === digest
}
