/** The odd seeds; the others run beside them on another core. */
import { describeSeeds } from './suite.ts'

describeSeeds(1)
