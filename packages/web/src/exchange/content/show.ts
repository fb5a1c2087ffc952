/**
 * How the console may show content of a draft, by its declared media type; the node says it for items
 * (EXC-68).
 */

export type Show = 'text' | 'pdf' | 'image' | 'video' | 'none'

const IMAGES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/bmp']
const VIDEOS = ['video/mp4', 'video/webm', 'video/ogg']

/** `none` for everything that is not on the list: SVG and HTML can carry programs and are never drawn. */
export function showAs(mediaType: string): Show {
  const type = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/plain') return 'text'
  if (type === 'application/pdf') return 'pdf'
  if (IMAGES.includes(type)) return 'image'
  return VIDEOS.includes(type) ? 'video' : 'none'
}

/**
 * The largest content that is fetched whole to be drawn. Above it, a picture or document can only be saved; a
 * video is streamed.
 */
export const DRAWN_SIZE_BYTES_MAX = 256 * 1024 * 1024
