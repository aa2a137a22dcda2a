import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { InvariantError } from '#worker/core/money.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
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

type About = Pick<OldLedger, 'id' | 'importJob' | 'name' | 'source' | 'by'> & { at: Instant }

/**
 * Writes an old ledger as it is read, a batch at a time, and seals it when all of it stands. Until then nobody sees it. Each try has
 * an id of its own; what one that was cut off left behind goes by night.
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

  /**
   * What seals it: the caller puts the statements in the batch that says where its file lies, so that both stand or fall. No entry
   * changes after that. A file that is kept already is refused as taken.
   */
  async sealing(file: { sha256: string; size: number }): Promise<{ ledger: OldLedger; statements: InStatement[] }> {
    await this.write()
    const { db, about, entries, debit, credit, days } = this
    await db.batch(insertOldNames(about.id, [...this.accounts.values()], [...this.parties.values()]), 'write')
    const stored = await sealOf(db, about.id, file.sha256)
    if (stored.entries !== entries || stored.sum !== debit - credit)
      throw new InvariantError(`${stored.entries} of ${entries} entries of an old ledger are stored`)
    const { hash } = stored
    const read = { fileSha256: file.sha256, fileSize: file.size, fromDate: days.from, toDate: days.to }
    const ledger = { ...about, ...read, entries, debit, credit, hash, removedAt: null, removedBy: null, reason: null }
    const changes = { entries: [null, entries] as const, hash: [null, hash] as const }
    const event = { type: 'old-ledger.sealed', at: about.at, by: about.by, subject: about.id, changes }
    return { ledger, statements: [sealOldLedger(ledger), insertEvents(event)] }
  }

  get isEmpty(): boolean {
    return this.entries + this.waiting.length === 0
  }

  /** Nothing of it stays. */
  async discard(): Promise<void> {
    if (this.begun) await this.db.batch(dropUnsealed({ id: this.about.id }), 'write')
  }

  private async write() {
    const { db, about, waiting } = this
    if (!this.begun) await db.execute(beginOldLedger(about))
    this.begun = true
    if (waiting.length === 0) return
    this.waiting = []
    await db.execute(insertOldEntries(about.id, this.entries, waiting))
    this.entries += waiting.length
  }
}
