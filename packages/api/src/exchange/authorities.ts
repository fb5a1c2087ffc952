/** What the keys of people in each office bind the nation to in exchanges, as `ACTS` of the wire names it (ID-50). */
import type { Authorities } from '../authorities.ts'

export const exchangeAuthorities: Authorities = {
  analyst: ['submit'],
  release_authority: ['release'],
  watch_officer: ['receipt', 'submit'],
  officer: ['receipt'],
  security_officer: ['assure'],
  registrar: ['register'],
}
