/** Signers from the node's keys, and verifiers from a partner's card. */
import { cosignerName, linkOrigin, nationalOrigin } from '#wire/log/checkpoint.ts'
import type { KasPrivateKey } from '#wire/seal/key.ts'
import { importPublicKeys, signerOf, verifierOf } from '#wire/suite.ts'
import type { Signer, SuiteKeys, SuitePublicKeys, Verifier } from '#wire/suite.ts'
import type { Partner } from './partner.ts'

/** The node's signing keys, and the key to which partners seal content. */
export interface NodeKeys {
  readonly nation: string
  readonly suite: SuiteKeys
  readonly seal: KasPrivateKey
}

/** The signer of our log to a partner. */
export function linkSigner(keys: NodeKeys, partner: string): Signer {
  return signerOf(linkOrigin(keys.nation, partner), keys.suite)
}

/** The signer of our national log. */
export function nationalSigner(keys: NodeKeys): Signer {
  return signerOf(nationalOrigin(keys.nation), keys.suite)
}

/** The signer of cosignatures over the logs of partners. */
export function cosigner(keys: NodeKeys): Signer {
  return signerOf(cosignerName(keys.nation), keys.suite)
}

const imported = new Map<string, SuitePublicKeys>()

/** The public keys of a partner's card, imported once. */
function partnerKeys(partner: Partner): SuitePublicKeys {
  const text = partner.card.keys
  const keys = imported.get(text) ?? importPublicKeys(text)
  imported.set(text, keys)
  return keys
}

/** The verifier of the partner's log to us. */
export function partnerLog(partner: Partner, nation: string): Verifier {
  return verifierOf(linkOrigin(partner.nation, nation), partnerKeys(partner))
}

/** The verifier of the partner's national log. */
export function partnerNational(partner: Partner): Verifier {
  return verifierOf(nationalOrigin(partner.nation), partnerKeys(partner))
}

/** The verifier of the partner's cosignatures. */
export function partnerCosigner(partner: Partner): Verifier {
  return verifierOf(cosignerName(partner.nation), partnerKeys(partner))
}
