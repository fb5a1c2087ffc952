/** The value of a term in the reader's language, as the slice of its kind shows it. */
import { fieldsOf } from '../law/termFields.ts'
import type { Term } from '../law/heldAgreements.ts'
import { TERMS } from '../slices.ts'

/** Shows nothing for a kind that no slice brings, such as a duty, which has no value. */
export function TermValue({ term }: { readonly term: Term }) {
  const Value = TERMS[term.kind]
  return Value === undefined ? null : <Value value={fieldsOf(term)} />
}
