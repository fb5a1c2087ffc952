/**
 * How the console may show content, by its declared media type (EXC-68). A type that can carry script is never shown.
 */

export type Show = 'text' | 'pdf' | 'image' | 'video' | 'none'

const IMAGES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/bmp']
const VIDEOS = ['video/mp4', 'video/webm', 'video/ogg']

/** `none` for any type that is not listed, such as SVG, HTML, XML and office files. */
export function showAs(mediaType: string): Show {
  const type = mediaType.split(';', 1)[0]!.trim().toLowerCase()
  if (type === 'text/plain') return 'text'
  if (type === 'application/pdf') return 'pdf'
  if (IMAGES.includes(type)) return 'image'
  if (VIDEOS.includes(type)) return 'video'
  return 'none'
}

/**
 * Replaces control, bidirectional and invisible characters by U+FFFD, in a title or a file name from a partner
 * (EXC-69).
 */
export function replaceInvisible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, '\ufffd')
}
