/**
 * The manifest of a backup. It is written last, so an interrupted backup has none. The settings of the node
 * are in it instead of in `node.json`, so that nobody can start a backup as a node.
 */
import { z } from 'zod'

export const MANIFEST_FILE = 'backup.json'

/** Relative to the backup's folder, with forward slashes; cannot point outside it. */
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
  /** Everything committed before this instant is in the backup. */
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
