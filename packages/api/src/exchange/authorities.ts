/** The authorities of roles in the exchange of information, by the names that `ACTS` in wire uses (ID-50). */
import type { Authorities } from '../authorities.ts'

export const exchangeAuthorities: Authorities = {
  analyst: ['submit'],
  release_authority: ['release'],
  watch_officer: ['receipt', 'submit'],
  officer: ['receipt'],
  security_officer: ['assure'],
  registrar: ['register'],
}
