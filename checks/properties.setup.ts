/**
 * Properties are tried on the same values in each run of the tests. `npm run soak` sets other seeds; a value that it
 * finds becomes an example of the property, with a sentence.
 */
import fc from 'fast-check'
import { runs } from '#wire/testProperties.ts'

const SEED = 20_261_124
const RUNS_BY_DEFAULT = 100

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? SEED), ...runs(RUNS_BY_DEFAULT) })
