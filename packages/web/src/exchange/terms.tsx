/** How the terms of agreements on information read. */
import { useNames } from '../core/language.ts'
import { useNationName } from '../core/nations.ts'
import { fieldsIn, isFields, textOf, textsIn } from '../law/termFields.ts'
import type { Fields } from '../law/termFields.ts'
import { Lines, WordList, crossing } from '../law/terms.tsx'
import type { Crossing, TermValue } from '../law/terms.tsx'
import { useNamed } from '../ui/Named.tsx'
import { purposes, termRules } from '#words/pillars.ts'
import { EquivalenceTable } from './terms/EquivalenceTable.tsx'
import type { EquivalenceRow } from './terms/EquivalenceTable.tsx'
import { termWords } from './terms/words.ts'

/** The rows of a term on equivalence. */
export function equivalenceIn({ rows }: Fields): readonly EquivalenceRow[] {
  return fieldsIn(rows).map((row) => ({
    from: textOf(row['from']),
    marking: textOf(row['marking']),
    to: textOf(row['to']),
    markings: textsIn(row['markings']),
  }))
}

const Markings: TermValue = ({ value }) => {
  const nationName = useNationName()
  const named = useNamed()
  const byNation = Object.entries(isFields(value['markings']) ? value['markings'] : {})
  return (
    <Lines
      of={byNation.map(([nation, markings]) =>
        named(
          nationName(nation),
          fieldsIn(markings)
            .map(({ marking }) => textOf(marking))
            .join(', '),
        ),
      )}
    />
  )
}

const Purpose: TermValue = ({ value }) => (
  <Lines of={[textsIn(value['purposes']).map(useNames(purposes)).join(', ')]} />
)
const Access: TermValue = ({ value }) => (
  <Lines of={[textsIn(value['requires']).map(useNames(termRules)).join(' + ')]} />
)
const Assurance: TermValue = ({ value }) => (
  <Lines of={[textsIn(value['covers']).map(useNames(termRules)).join(', ')]} />
)
const ThirdParty: TermValue = ({ value }) => <Lines of={[useNames(termRules)(textOf(value['rule']))]} />

/** How the value of a term reads, by kind. */
export const TERMS: Readonly<Record<string, TermValue>> = {
  markings: Markings,
  equivalence: ({ value }) => <EquivalenceTable of={equivalenceIn(value)} />,
  purpose: Purpose,
  access: Access,
  assurance: Assurance,
  third_party: ThirdParty,
}

const { entries } = termWords

/** What may cross under an agreement on information, beside what the terms of the law say. */
export const CROSSINGS: readonly Crossing[] = [
  crossing({
    kind: 'equivalence',
    title: entries.markings,
    itemsIn: equivalenceIn,
    Items: EquivalenceTable,
  }),
  crossing({
    kind: 'purpose',
    title: entries.purposes,
    itemsIn: ({ purposes: codes }) => textsIn(codes),
    Items: ({ of }) => <WordList of={of.map(useNames(purposes))} />,
  }),
]
