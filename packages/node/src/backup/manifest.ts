/**
 * What a backup says of itself. It is written last, so that a backup that was cut short has none; it holds the settings
 * of the node, so that a backup is not taken for a node and started.
 */
import { z } from 'zod'

export const MANIFEST_FILE = 'backup.json'

/** From the folder of the backup, with forward slashes; it leads nowhere else. */
const Path = z.string().regex(/^(?:keys\.json|postgresql(?:\/(?!\.\.?(?:\/|$))[\w.-]+)+)$/)

const CopiedFile = z.strictObject({
  path: Path,
  sizeBytes: z.int(),
  /** In hex. */
  sha256: z.string(),
})
export type CopiedFile = z.infer<typeof CopiedFile>

export const Manifest = z.strictObject({
  v: z.literal(1),
  /** The version of Entente that made the backup. */
  version: z.string(),
  nation: z.string(),
  /** Everything that the node confirmed before this instant is in the backup. */
  until: z.iso.datetime(),
  /** The version of the database server, such as `18.4`. */
  postgresql: z.string(),
  /** The text of `node.json`. */
  settings: z.string(),
  /** Folders of the database, some of which hold no file. */
  folders: z.array(Path),
  files: z.array(CopiedFile),
  /** Files of sealed content. Their names are their digests. */
  blobs: z.strictObject({ count: z.int(), sizeBytes: z.int() }),
})
export type Manifest = z.infer<typeof Manifest>
