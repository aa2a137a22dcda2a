import { badText } from './bad-text.ts'
import { importCut } from './cut-import.ts'
import { databaseAway, databaseSlow, diskFull } from './database-trouble.ts'
import type { Fault } from './fault.ts'
import { flippedBytes } from './flipped-bytes.ts'
import { fileWithoutRow, restoredBeside } from './kept-files.ts'
import { killedAtEachStep } from './killed-at-each-step.ts'
import { powerLoss } from './power-loss.ts'
import { keysRevoked, olderFile, scheduleTwice, startedAgain } from './restored-and-revoked.ts'
import { answersLost, databaseKilled, manyAtOnce, sameIdAtOnce, workerKilled } from './server-kills.ts'
import { stoppedMigration } from './stopped-migration.ts'
import { clocksSkewed, codeAndSchemaApart } from './suites.ts'

/** In the order they are run. */
export const FAULTS: readonly Fault[] = [
  killedAtEachStep,
  databaseKilled,
  workerKilled,
  powerLoss,
  answersLost,
  manyAtOnce,
  sameIdAtOnce,
  clocksSkewed,
  diskFull,
  flippedBytes,
  databaseSlow,
  databaseAway,
  importCut,
  stoppedMigration,
  codeAndSchemaApart,
  restoredBeside,
  olderFile,
  fileWithoutRow,
  scheduleTwice,
  badText,
  startedAgain,
  keysRevoked,
]

/** Named, so that nobody takes silence for a pass. */
export const NOT_BUILT: readonly { id: string; what: string }[] = [
  { id: 'F14', what: 'webhooks twice, out of order, forged: none are received yet' },
  { id: 'F15', what: 'queue redelivery: there is no queue' },
  { id: 'F16', what: 'replica lag: nothing reads from replicas' },
]
