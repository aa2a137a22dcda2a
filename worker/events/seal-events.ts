import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import type { Database } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import {
  COMPANY_LOG,
  insertSeal,
  readSealable,
  readSealHead,
  type Sealable,
  type SealedLog,
  type SealHead,
} from './seal-store.ts'

/** Events that one seal covers at most, and seals that one call makes at most: the next call goes on. */
const LARGEST = 1_000
const MOST = 50

/**
 * Seals what has happened since the last seal: its hash covers the seal before it and every column of every event, so one
 * changed byte breaks the chain from there on. Two that seal at once make one chain: the slower finds the work done.
 * Gives the head of the chain.
 */
export async function sealEvents(db: Database, at: Instant, log: SealedLog = COMPANY_LOG): Promise<SealHead> {
  let head = await readSealHead(db, log)
  for (let made = 0; made < MOST; made++) {
    const events = await readSealable(db, log, head.lastSequence, LARGEST)
    if (events.length === 0) return head
    const hash = await hashOfSeal(head.hash, events)
    const seal = { firstSequence: head.lastSequence + 1, lastSequence: events.at(-1)![0], hash }
    try {
      await db.batch([insertSeal(log, { ...seal, previous: head.hash, recordedAt: at })], 'write')
      head = seal
    } catch (error) {
      if (refusalOf(error)?.kind !== 'rule') throw error
      head = await readSealHead(db, log)
    }
  }
  return head
}

/** SHA-256 of the hash before, and of each event as the JSON array of its columns, a line each. Recipe: docs/audit-log.md. */
export const hashOfSeal = (previous: string, events: readonly Sealable[]): Promise<string> =>
  sha256([previous, ...events.map((event) => JSON.stringify(event))].join('\n'))
