/** What a room or pillar says to a partner, as `pillars.ts` lists it. */

export interface WirePillar {
  /** Kinds of statement, each with the shape of its body (WIRE-7). */
  readonly kinds: Readonly<Record<string, object>>
  /** Acts by which a person binds the nation, each with the authority that it needs (ACT-1). */
  readonly acts?: Readonly<Record<string, string>>
}
