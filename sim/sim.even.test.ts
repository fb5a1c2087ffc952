/** The even seeds; the odd ones run in parallel on another core. */
import { describeSeeds } from './suite.ts'

describeSeeds(0)
