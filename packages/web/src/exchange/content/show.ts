/**
 * How the console may show the content of a draft, by its declared media type; for items the node decides
 * (EXC-68).
 */

export type Show = 'text' | 'pdf' | 'image' | 'video' | 'none'

const IMAGES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/bmp']
const VIDEOS = ['video/mp4', 'video/webm', 'video/ogg']

/** `none` for every type that is not listed: SVG and HTML can carry scripts and are never drawn. */
export function showAs(mediaType: string): Show {
  const type = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/plain') return 'text'
  if (type === 'application/pdf') return 'pdf'
  if (IMAGES.includes(type)) return 'image'
  return VIDEOS.includes(type) ? 'video' : 'none'
}

/**
 * The largest picture or document that is fetched and drawn; a larger one can only be saved. Videos are
 * streamed.
 */
export const DRAWN_SIZE_BYTES_MAX = 256 * 1024 * 1024
