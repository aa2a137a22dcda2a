import { Problem } from '#worker/core/problem.ts'
import { faultOf, log } from '#worker/http/log.ts'
import type { Job, JobAnswer, PostedAnswer } from './job.ts'
import { vouchersOf } from './judged.ts'

/** The last posted voucher of a job that somebody was told of: its place in the chain, its hash there, and that of what was sent in. */
export type Told = Pick<PostedAnswer, 'ledgerVersion' | 'hash' | 'id' | 'contentHash'>
/** The same, with the place of the first of that job: the row stands for all of them. */
export type Acknowledged = Told & { first: number }
/** A voucher, and the hash of what was sent in of it. */
export type Sent = Pick<Told, 'id' | 'contentHash'>
/** A match that somebody was told of, and whether of its undoing. */
export type ToldMatch = { id: string; undone: boolean }
/** What a row is known by: two of one place are two ledgers. */
export type JournalPlace = Pick<Acknowledged, 'ledgerVersion' | 'hash'>

/** Rows told at a time. */
const PAGE = 5_000
const JOBS = `create table if not exists acknowledged_job (
  ledger_version integer not null, hash text not null, first integer not null, id text not null,
  content_hash text not null, primary key (ledger_version, hash)) strict, without rowid`
/** Of a job that posted several: each of them, as `[id, content hash]`. */
const VOUCHERS = `create table if not exists acknowledged_voucher (
  ledger_version integer not null, hash text not null, vouchers text not null,
  primary key (ledger_version, hash)) strict, without rowid`
/** Matches and undoings of them: the chain does not cover them. `ledger_version` is where the ledger stood when they were told. */
const MATCHES = `create table if not exists acknowledged_match (
  id text primary key, undone integer not null, ledger_version integer not null) strict, without rowid`
const KEEP_MATCHES = `insert into acknowledged_match select value ->> 0, value ->> 1, ?2 from json_each(?1) where true
  on conflict do update set undone = max(undone, excluded.undone), ledger_version = max(ledger_version, excluded.ledger_version)`
const KEEP_JOB = `insert into acknowledged_job values (?, ?, ?, ?, ?)
  on conflict do update set first = min(first, excluded.first)`
const KEEP_VOUCHERS = `insert into acknowledged_voucher values (?, ?, ?)
  on conflict do update set vouchers = excluded.vouchers`

const TABLES = ['acknowledged_job', 'acknowledged_voucher']

/**
 * What was acknowledged since the books were last checked and held, kept with the writer and not in the company's database: of each
 * job the last voucher it posted, whose hash covers all before it, the place of its first, and the ids of what lies between. The runtime
 * holds an answer back until its row is safe, so that what was lost with a database is known by name (invariant 12). A row only grows: of what
 * ends at one place, a part may be repeated before the whole.
 */
export class Journal {
  private readonly storage: DurableObjectStorage
  private made = false

  constructor(storage: DurableObjectStorage) {
    this.storage = storage
  }

  /**
   * What a job posted, in order. Vouchers of an import are not kept by name: it is brought in again as it was.
   * @throws Problem 503 service/busy: what is not kept here is told to nobody.
   */
  keep(posted: readonly Told[], { do: kind }: Pick<Job, 'do'>): void {
    const [first, last] = [posted[0], posted.at(-1)]
    if (!first || !last) return
    const { ledgerVersion, hash, id, contentHash } = last
    const row = [ledgerVersion, hash, first.ledgerVersion, id, contentHash]
    kept(() => {
      const [before] = this.vouchersOf([last])
      this.ask(KEEP_JOB, ...row)
      if (posted.length === 1 || kind === 'book') return
      const vouchers = new Map([...before!, ...posted].map((voucher) => [voucher.id, voucher.contentHash]))
      this.ask(KEEP_VOUCHERS, ledgerVersion, hash, JSON.stringify([...vouchers]))
    })
  }

  /** Of an answer what is told besides: what was posted before, since the first time nobody may have been told, and matches. */
  keepAnswer(answer: JobAnswer, job: Job): void {
    const repeated = vouchersOf(answer).filter((v): v is PostedAnswer => v.status === 'posted' && v.replayed)
    this.keep(
      repeated.sort((a, b) => a.ledgerVersion - b.ledgerVersion),
      job,
    )
    if (answer.ok && 'matches' in answer) this.keepMatches(answer)
  }

  private keepMatches({ matches, ledgerVersion }: Extract<JobAnswer, { matches: unknown }>): void {
    const told = matches.flatMap(({ id, status }) =>
      status === 'matched' || status === 'undone' ? [[id, status === 'undone' ? 1 : 0]] : [],
    )
    if (told.length > 0) kept(() => this.ask(KEEP_MATCHES, JSON.stringify(told), ledgerVersion))
  }

  /** Matches after one, by id. */
  readMatches(after: string): ToldMatch[] {
    const sql = `select id, undone from acknowledged_match where id > ? order by id limit ${PAGE}`
    return this.ask<{ id: string; undone: number }>(sql, after).map(({ id, undone }) => ({ id, undone: undone === 1 }))
  }

  /** The vouchers of these rows, of those that stand for several. */
  vouchersOf(places: readonly JournalPlace[]): Sent[][] {
    return places.map(({ ledgerVersion, hash }) => {
      const [row] = this.ask<{ vouchers: string }>(
        'select vouchers from acknowledged_voucher where ledger_version = ? and hash = ?',
        ...[ledgerVersion, hash],
      )
      const vouchers = JSON.parse(row?.vouchers ?? '[]') as [string, string][]
      return vouchers.map(([id, contentHash]) => ({ id, contentHash }))
    })
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
    // A match at the head itself may have been made after the check, or be lost while the head stays.
    this.ask('delete from acknowledged_match where ledger_version < ?', ledgerVersion)
    for (const table of TABLES) this.ask(`delete from ${table} where ledger_version <= ?`, ledgerVersion)
  }

  /** Somebody answers for these: they are missed no longer. */
  forgive(places: readonly JournalPlace[], matches: readonly string[]): void {
    for (const id of matches) this.ask('delete from acknowledged_match where id = ?', id)
    for (const { ledgerVersion, hash } of places)
      for (const table of TABLES)
        this.ask(`delete from ${table} where ledger_version = ? and hash = ?`, ledgerVersion, hash)
  }

  async forget(): Promise<void> {
    this.made = false
    await this.storage.deleteAll()
  }

  private ask<T = Acknowledged>(sql: string, ...values: (string | number)[]): T[] {
    if (!this.made) for (const table of [JOBS, VOUCHERS, MATCHES]) this.storage.sql.exec(table)
    this.made = true
    return this.storage.sql.exec(sql, ...values).toArray() as T[]
  }
}

/** @throws Problem 503 service/busy: what is not kept here is told to nobody. */
function kept(write: () => void): void {
  try {
    write()
  } catch (error) {
    log('error', 'journal-not-kept', faultOf(error))
    throw new Problem(503, 'service/busy')
  }
}
