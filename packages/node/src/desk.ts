/** A person's desk: what needs them, what waits for others, and what is for information. Pure. */
import type { DeskEntry } from '#api/console.ts'

export interface Desk {
  readonly needsMe: readonly DeskEntry[]
  readonly waiting: readonly DeskEntry[]
  readonly information: readonly DeskEntry[]
}

/** An entry and the part of the desk that it goes on. */
export type DeskPart = readonly [keyof Desk, DeskEntry]

/** Builds a desk from its entries; each part keeps their order. */
export function deskOf(parts: readonly DeskPart[]): Desk {
  const on = (part: keyof Desk) => parts.filter(([name]) => name === part).map(([, entry]) => entry)
  return { needsMe: on('needsMe'), waiting: on('waiting'), information: on('information') }
}

/** Joins several desks, in their order. */
export function joinDesks(desks: readonly Desk[]): Desk {
  return {
    needsMe: desks.flatMap(({ needsMe }) => needsMe),
    waiting: desks.flatMap(({ waiting }) => waiting),
    information: desks.flatMap(({ information }) => information),
  }
}
