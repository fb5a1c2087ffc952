/** The statement kinds of every pillar and engine module, and the signed acts in them. */
import { agreementKinds } from './agreements/kinds.ts'
import { directoryKinds } from './directory/kinds.ts'
import { exchangeActs, exchangeKinds } from './exchange/kinds.ts'
import { linkKinds } from './link/kinds.ts'

/** Every kind of statement with the shape of its body (WIRE-7). */
export const KINDS = { ...linkKinds, ...directoryKinds, ...agreementKinds, ...exchangeKinds }
export type Kind = keyof typeof KINDS

/** Every signed act by which a person binds the nation, with the authority that it needs (ACT-1). */
export const ACTS = { ...exchangeActs }
export type ActName = keyof typeof ACTS
