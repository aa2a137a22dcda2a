import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { insertEvents } from '#worker/events/store.ts'
import { sealOf } from './check-seal.ts'
import type { OldAccount, OldEntry, OldParty } from './old-entry.ts'
import {
  beginOldLedger,
  dropUnsealed,
  insertOldEntries,
  insertOldNames,
  type OldLedger,
  sealOldLedger,
} from './store.ts'

/** Entries written at a time. */
const BATCH = 2_500

type About = Pick<OldLedger, 'id' | 'name' | 'source' | 'by'> & { at: Instant }

/**
 * Writes an old ledger as it is read, a batch at a time, and seals it when all of it stands. Until then nobody sees it; one that
 * was cut off is begun again from its start.
 */
export class OldLedgerWriter {
  readonly accounts = new Map<string, OldAccount>()
  readonly parties = new Map<string, OldParty>()
  entries = 0
  debit = 0
  credit = 0
  private readonly db: Database
  private readonly about: About
  private readonly days: { from: IsoDate | null; to: IsoDate | null } = { from: null, to: null }
  private waiting: OldEntry[] = []
  private begun = false

  constructor(db: Database, about: About) {
    this.db = db
    this.about = about
  }

  async add(entries: Iterable<OldEntry>): Promise<void> {
    for (const entry of entries) {
      this.waiting.push(entry)
      const { amount, entryDate } = entry
      if (amount > 0) this.debit += amount
      else this.credit -= amount
      if (!this.days.from || entryDate < this.days.from) this.days.from = entryDate
      if (!this.days.to || entryDate > this.days.to) this.days.to = entryDate
      if (this.waiting.length >= BATCH) await this.write()
    }
  }

  /** Seals what was written: no entry of it changes after this. */
  async seal(file: { sha256: string; size: number }): Promise<OldLedger> {
    await this.write()
    const { db, about, entries, debit, credit, days } = this
    await db.batch(insertOldNames(about.id, [...this.accounts.values()], [...this.parties.values()]), 'write')
    const hash = await sealOf(db, about.id, file.sha256)
    const ledger = { fileSha256: file.sha256, fileSize: file.size, fromDate: days.from, toDate: days.to }
    const sealed = { ...about, ...ledger, entries, debit, credit, hash, removedAt: null, removedBy: null, reason: null }
    const changes = { entries: [null, entries] as const, hash: [null, hash] as const }
    const event = { type: 'old-ledger.sealed', at: about.at, by: about.by, subject: about.id, changes }
    await db.batch([sealOldLedger(sealed), insertEvents(event)], 'write')
    return sealed
  }

  get isEmpty(): boolean {
    return this.entries + this.waiting.length === 0
  }

  /** Nothing of it stays. */
  async discard(): Promise<void> {
    if (this.begun) await this.db.batch(dropUnsealed(this.about.id), 'write')
  }

  private async write() {
    const { db, about, waiting } = this
    if (!this.begun) await db.batch(beginOldLedger(about), 'write')
    this.begun = true
    if (waiting.length === 0) return
    this.waiting = []
    await db.execute(insertOldEntries(about.id, this.entries, waiting))
    this.entries += waiting.length
  }
}
