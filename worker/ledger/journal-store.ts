import type { JobAnswer, PostedAnswer } from './job.ts'
import { vouchersOf } from './judged.ts'

/** A posted voucher that somebody was told of: its place in the chain, its hash there, and that of what was sent in. */
export type Acknowledged = Pick<PostedAnswer, 'ledgerVersion' | 'hash' | 'id' | 'contentHash'>

/** Rows told at a time. */
const PAGE = 5_000
const TABLE = `create table if not exists acknowledged (
  ledger_version integer not null, hash text not null, id text not null,
  content_hash text not null, primary key (ledger_version, hash)) strict, without rowid`

/**
 * What was acknowledged since the books were last checked and held, kept with the writer and not in the company's database: of each
 * job the last voucher it posted, whose hash covers all before it. The runtime holds an answer back until its row is safe, so
 * that what was lost with a database is known by name (invariant 12). A row is never changed; two of one place are two ledgers.
 */
export class Journal {
  private readonly storage: DurableObjectStorage
  private made = false

  constructor(storage: DurableObjectStorage) {
    this.storage = storage
  }

  /** What a job posted last. */
  keep({ ledgerVersion, hash, id, contentHash }: Acknowledged): void {
    this.ask('insert or ignore into acknowledged values (?, ?, ?, ?)', ledgerVersion, hash, id, contentHash)
  }

  /** Of an answer what was posted before: the first time nobody may have been told. */
  keepRepeated(answer: JobAnswer): void {
    let last: PostedAnswer | undefined
    for (const voucher of vouchersOf(answer))
      if (voucher.status === 'posted' && voucher.replayed && voucher.ledgerVersion > (last?.ledgerVersion ?? 0))
        last = voucher
    if (last) this.keep(last)
  }

  /** The rows after one, in order of place. */
  read({ ledgerVersion, hash }: Pick<Acknowledged, 'ledgerVersion' | 'hash'>): Acknowledged[] {
    return this.ask(
      `select ledger_version as ledgerVersion, hash, id, content_hash as contentHash from acknowledged where (ledger_version, hash) > (?, ?)
       order by ledger_version, hash limit ${PAGE}`,
      ledgerVersion,
      hash,
    )
  }

  /** The books hold up to here, and their head is kept elsewhere: what is before it need not be remembered. */
  settle(ledgerVersion: number): void {
    this.ask('delete from acknowledged where ledger_version <= ?', ledgerVersion)
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
