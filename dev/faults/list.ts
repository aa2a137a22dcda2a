import { badText } from './bad-text.ts'
import { databaseAway, databaseSlow, diskFull } from './database-trouble.ts'
import type { Fault } from './fault.ts'
import { flippedBytes } from './flipped-bytes.ts'
import { killedAtEachStep } from './killed-at-each-step.ts'
import { powerLoss } from './power-loss.ts'
import { keysRevoked, olderFile, scheduleTwice, startedAgain } from './restored-and-revoked.ts'
import { answersLost, databaseKilled, manyAtOnce, sameIdAtOnce, workerKilled } from './server-kills.ts'
import { stoppedMigration } from './stopped-migration.ts'

/** In the order they are run. */
export const FAULTS: readonly Fault[] = [
  killedAtEachStep,
  databaseKilled,
  workerKilled,
  powerLoss,
  answersLost,
  manyAtOnce,
  sameIdAtOnce,
  diskFull,
  flippedBytes,
  databaseSlow,
  databaseAway,
  stoppedMigration,
  olderFile,
  scheduleTwice,
  badText,
  startedAgain,
  keysRevoked,
]

/** Named, so that nobody takes silence for a pass. */
export const NOT_BUILT: readonly { id: string; what: string }[] = [
  { id: 'F8', what: 'clock skew' },
  { id: 'F13', what: 'an import of 100 MB cut short' },
  { id: 'F14', what: 'webhooks twice, out of order, forged: none are received yet' },
  { id: 'F15', what: 'queue redelivery: there is no queue' },
  { id: 'F16', what: 'replica lag: nothing reads from replicas' },
  { id: 'F18', what: 'old code on new schema, new on old' },
  { id: 'F19', what: 'backup and restore drill' },
  { id: 'F21', what: 'a document kept whose row fails, and the reverse' },
]
