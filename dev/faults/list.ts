import type { Fault } from './fault.ts'
import { answersLost, databaseKilled, manyAtOnce, sameIdAtOnce, workerKilled } from './server-kills.ts'

/** In the order they are run. */
export const FAULTS: readonly Fault[] = [databaseKilled, workerKilled, answersLost, manyAtOnce, sameIdAtOnce]

/** Named, so that nobody takes silence for a pass. */
export const NOT_BUILT: readonly { id: string; what: string }[] = []
