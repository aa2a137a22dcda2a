import { Problem } from '#worker/core/problem.ts'
import { faultOf, log } from '#worker/http/log.ts'
import type { JobAnswer, PostedAnswer } from './job.ts'
import { vouchersOf } from './judged.ts'

/** The last posted voucher of a job that somebody was told of: its place in the chain, its hash there, and that of what was sent in. */
export type Told = Pick<PostedAnswer, 'ledgerVersion' | 'hash' | 'id' | 'contentHash'>
/** The same, with the place of the first of that job: the row stands for all of them. */
export type Acknowledged = Told & { first: number }
/** What a row is known by: two of one place are two ledgers. */
export type JournalPlace = Pick<Acknowledged, 'ledgerVersion' | 'hash'>

/** Rows told at a time. */
const PAGE = 5_000
const TABLE = `create table if not exists acknowledged_job (
  ledger_version integer not null, hash text not null, first integer not null, id text not null,
  content_hash text not null, primary key (ledger_version, hash)) strict, without rowid`

/**
 * What was acknowledged since the books were last checked and held, kept with the writer and not in the company's database: of each
 * job the last voucher it posted, whose hash covers all before it, and the place of its first. The runtime holds an answer back until
 * its row is safe, so that what was lost with a database is known by name (invariant 12). A row is never changed.
 */
export class Journal {
  private readonly storage: DurableObjectStorage
  private made = false

  constructor(storage: DurableObjectStorage) {
    this.storage = storage
  }

  /** What a job posted last, and where it began. @throws Problem 503 service/busy: what is not kept here is told to nobody. */
  keep({ ledgerVersion, hash, id, contentHash }: Told, first: number): void {
    try {
      this.ask(
        'insert or ignore into acknowledged_job values (?, ?, ?, ?, ?)',
        ledgerVersion,
        hash,
        first,
        id,
        contentHash,
      )
    } catch (error) {
      log('error', 'journal-not-kept', faultOf(error))
      throw new Problem(503, 'service/busy')
    }
  }

  /** Of an answer what was posted before: the first time nobody may have been told. */
  keepRepeated(answer: JobAnswer): void {
    let first: PostedAnswer | undefined
    let last: PostedAnswer | undefined
    for (const voucher of vouchersOf(answer)) {
      if (voucher.status !== 'posted' || !voucher.replayed) continue
      if (!first || voucher.ledgerVersion < first.ledgerVersion) first = voucher
      if (!last || voucher.ledgerVersion > last.ledgerVersion) last = voucher
    }
    if (first && last) this.keep(last, first.ledgerVersion)
  }

  /** The rows after one, in order of place. */
  read({ ledgerVersion, hash }: JournalPlace): Acknowledged[] {
    return this.ask(
      `select ledger_version as ledgerVersion, hash, first, id, content_hash as contentHash from acknowledged_job
       where (ledger_version, hash) > (?, ?) order by ledger_version, hash limit ${PAGE}`,
      ledgerVersion,
      hash,
    )
  }

  /** The books hold up to here, and their head is kept elsewhere: what is before it need not be remembered. */
  settle(ledgerVersion: number): void {
    this.ask('delete from acknowledged_job where ledger_version <= ?', ledgerVersion)
  }

  /** Somebody answers for these: they are missed no longer. */
  forgive(places: readonly JournalPlace[]): void {
    for (const { ledgerVersion, hash } of places)
      this.ask('delete from acknowledged_job where ledger_version = ? and hash = ?', ledgerVersion, hash)
  }

  async forget(): Promise<void> {
    this.made = false
    await this.storage.deleteAll()
  }

  private ask(sql: string, ...values: (string | number)[]): Acknowledged[] {
    if (!this.made) this.storage.sql.exec(TABLE)
    this.made = true
    return this.storage.sql.exec(sql, ...values).toArray() as Acknowledged[]
  }
}
