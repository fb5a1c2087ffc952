/** The node's own keys, and those of a partner as its card gives them. */
import { cosignerName, linkOrigin, nationalOrigin } from '#wire/log/checkpoint.ts'
import type { KasPrivateKey } from '#wire/seal/key.ts'
import { importPublicKeys, signerOf, verifierOf } from '#wire/suite.ts'
import type { Signer, SuiteKeys, SuitePublicKeys, Verifier } from '#wire/suite.ts'
import type { Partner } from './partner.ts'

/** What a node signs with and what content for it is sealed to. */
export interface NodeKeys {
  readonly nation: string
  readonly suite: SuiteKeys
  readonly seal: KasPrivateKey
}

/** Signs the log of what we say to a partner. */
export function linkSigner(keys: NodeKeys, partner: string): Signer {
  return signerOf(linkOrigin(keys.nation, partner), keys.suite)
}

/** Signs our national log. */
export function nationalSigner(keys: NodeKeys): Signer {
  return signerOf(nationalOrigin(keys.nation), keys.suite)
}

/** Cosigns the logs of others. */
export function cosigner(keys: NodeKeys): Signer {
  return signerOf(cosignerName(keys.nation), keys.suite)
}

const imported = new Map<string, SuitePublicKeys>()

/** The public keys of a partner's card, read once. */
function partnerKeys(partner: Partner): SuitePublicKeys {
  const text = partner.card.keys
  const keys = imported.get(text) ?? importPublicKeys(text)
  imported.set(text, keys)
  return keys
}

/** Verifies the partner's log of what it says to us. */
export function partnerLog(partner: Partner, nation: string): Verifier {
  return verifierOf(linkOrigin(partner.nation, nation), partnerKeys(partner))
}

/** Verifies the partner's national log. */
export function partnerNational(partner: Partner): Verifier {
  return verifierOf(nationalOrigin(partner.nation), partnerKeys(partner))
}

/** Verifies the partner's cosignatures. */
export function partnerCosigner(partner: Partner): Verifier {
  return verifierOf(cosignerName(partner.nation), partnerKeys(partner))
}
