/** What a room or pillar says to a partner, and how evidence of it is proved. `pillars.ts` lists all of them. */

export interface WirePillar {
  /** Kinds of statement, each with the shape of its body (WIRE-7). */
  readonly kinds: Readonly<Record<string, object>>
  /** Acts by which a person binds the nation, each with the authority that it needs (ACT-1). */
  readonly acts?: Readonly<Record<string, string>>
  /** `ProvableMatter` by the first word of the kinds of statement about such a matter (EVI-9). */
  readonly matters?: Readonly<Record<string, object>>
}
