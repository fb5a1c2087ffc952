/** The icons of the console: drawn in the colour of the text, always beside a word or a label. */
import type { ReactNode } from 'react'

const DRAWINGS = {
  tray: <path d="M3 9h14M3 9l2-4h10l2 4v7H3z M8 12h4" />,
  pen: <path d="M4 16h12M5 12.5 13.5 4l2.5 2.5L7.5 15 4.5 15.5z" />,
  letter: <path d="M4 5.5h12v9H4zM4 6l6 5 6-5" />,
  binder: <path d="M5 3.5h10v13H5zM8 3.5v13M10.5 7.5H13M10.5 10.5H13" />,
  arrows: <path d="M3 7h9M8 13h9M10 5l2 2-2 2M10 11l-2 2 2 2" />,
  document: <path d="M6 3.5h8l2 2v11H6zM4 5.5v11M8.5 8h5M8.5 11h5M8.5 14h3" />,
  box: <path d="M3.5 7 10 4l6.5 3v6.5L10 16.5l-6.5-3zM3.5 7l6.5 3 6.5-3M10 10v6.5" />,
  persons: (
    <path d="M7.5 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 16c0-3 2-4.5 4.5-4.5S12 13 12 16M13 9.5a2 2 0 1 0 0-4M14 12c2 .4 3 1.8 3 4" />
  ),
  find: <path d="M9 14.5A5.5 5.5 0 1 0 9 3.5a5.5 5.5 0 0 0 0 11zM13 13l4 4" />,
  more: <path d="M4 10h.01M10 10h.01M16 10h.01" />,
  tick: <path d="m4 10.5 4 4 8-9" />,
  cross: <path d="m5 5 10 10M15 5 5 15" />,
  stop: <path d="M7 3h6l4 4v6l-4 4H7l-4-4V7zM10 6.5v4.5M10 13.5h.01" />,
  clock: <path d="M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l3 2" />,
  down: <path d="m5 8 5 5 5-5" />,
  right: <path d="m8 5 5 5-5 5" />,
  upload: <path d="M10 13V4M6.5 7.5 10 4l3.5 3.5M4 13v3h12v-3" />,
  download: <path d="M10 4v9M6.5 9.5 10 13l3.5-3.5M4 13v3h12v-3" />,
  book: (
    <path d="M10 5.5C8.5 4 6 4 3.5 4.5v11C6 15 8.5 15 10 16.5c1.5-1.5 4-1.5 6.5-1v-11C14 4 11.5 4 10 5.5zM10 5.5v11" />
  ),
  person: <path d="M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5" />,
  cut: <path d="M3 10h4M13 10h4M8 6l4 8" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof DRAWINGS

/** Draws an icon. It always repeats a text, so screen readers skip it. */
export function Icon({ name, sizePx = 18 }: { readonly name: IconName; readonly sizePx?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={sizePx}
      height={sizePx}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.6 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      {DRAWINGS[name]}
    </svg>
  )
}
