/** The odd seeds; the even ones run in parallel on another core. */
import { describeSeeds } from './suite.ts'

describeSeeds(1)
