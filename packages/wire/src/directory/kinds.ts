/** Statements about a nation's people: whose key binds it, and to what. */
import { z } from 'zod'
import type { WirePillar } from '../pillar.ts'
import { Instant, Text } from '../shapes.ts'

const KeyId = z.string().regex(/^[0-9a-f]{16}$/)

export const directory = {
  kinds: {
    /** A directory entry: an office and its key, never a name. */
    'directory.entered': z.strictObject({
      person: Text(64),
      office: Text(120),
      organisation: Text(80),
      /** SPKI DER of the person's Ed25519 key, base64. */
      key: z.base64().max(200),
      keyId: KeyId,
      authorities: z.array(Text(40)).max(16),
      from: Instant,
      until: Instant.nullable(),
    }),
    'directory.withdrawn': z.strictObject({ person: Text(64), keyId: KeyId }),
  },
} satisfies WirePillar
