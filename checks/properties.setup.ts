/**
 * Property tests use fixed seeds. `npm run soak` sets fresh ones; add a value that it finds to the property
 * as an example, with a sentence.
 */
import fc from 'fast-check'
import { runs } from '#wire/testProperties.ts'

const SEED = 20_261_124
const RUNS_BY_DEFAULT = 100

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? SEED), ...runs(RUNS_BY_DEFAULT) })
