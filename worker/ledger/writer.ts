import type { Instant } from '#worker/core/dates.ts'
import { InvariantError } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import { NoAnswer, refusalOf } from '#worker/database/refusal.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { readAttachable, readCorrectable } from './attachment-store.ts'
import { type Books, booksOf, partyKey } from './books.ts'
import { ratesByCurrency } from './currency-rate.ts'
import { GENESIS, type Head, hashVoucher } from './hash-chain.ts'
import { type Matching, readOpenItems } from './item-store.ts'
import type { Job, JobAnswer, PostedAnswer } from './job.ts'
import { JobQueue, type Waiting } from './job-queue.ts'
import {
  correctedNamed,
  currenciesNamed,
  documentsNamed,
  idsOf,
  itemsNamed,
  judgeJob,
  partiesNamed,
} from './judge-job.ts'
import { type Judged, type Prepared, placeMatches, problem, refused } from './judged.ts'
import { movedTermDay } from './lock.ts'
import { readRatesFor } from './rate-store.ts'
import { doublesIn, findDoubles, tellDouble } from './read-doubles.ts'
import type { Scheduling } from './schedule-store.ts'
import type { StoredVoucher } from './store.ts'
import {
  insertPosted,
  type NewVoucher,
  readFacts,
  readHead,
  readParties,
  readVouchersById,
  seriesKey,
} from './store.ts'

type Secrets = { signingKey: string }
/** What jobs write, and where the chain then stands. */
type Chained = { news: NewVoucher[]; matching: Matching; scheduling: Scheduling; head: Head }
/** An import's batch that was judged and chained while the one before it was being written. */
type Ahead = { waiting: Waiting; books: Books; after: string; judged: Judged; chained: Chained; sql: InStatement[] }

/** Tries before a group gives up. */
const ATTEMPTS = 8
/** Answers kept for replays, twice over: the newest, and those before them. */
const REMEMBERED = 10_000
/** What the database says when somebody else was first; entries meet another's voucher before the voucher meets the head. */
const BEHIND = new Set(['ledger/behind', 'ledger/facts-changed', 'voucher/already-posted', 'voucher/number-not-next'])
const FRESHNESS = `select facts_version, (select coalesce(max(ledger_version), 0) from voucher) as ledger_version from company`

/**
 * The one writer of a company's ledger. Jobs are judged in turn by facts kept hot, numbered, chained, and written several in
 * one commit: while a commit is on its way the next group gathers. The database's constraints remain the last fence, so a
 * second writer by mistake costs a retry and never a gap. Measured against the alternatives in docs/decisions/0003.
 */
export class Writer {
  private db: Database
  private readonly secrets: Secrets
  private readonly now: () => Instant
  private readonly connect: (requestId: string) => Database
  private readonly told: (posted: readonly StoredVoucher[], job: Job) => void
  private readonly queue = new JobQueue()
  private running = false
  private books: Books | undefined
  private head: Head = GENESIS
  private lastNumbers = new Map<string, number>()
  private committing: Chained | undefined
  private ahead: Promise<Ahead | undefined> | undefined
  private posted = new Map<string, PostedAnswer>()
  private postedBefore = new Map<string, PostedAnswer>()

  /** `connect` gives the database that is told whose requests it serves; `told` hears what each job posted, or had, ahead of its answer. */
  constructor(
    db: Database,
    secrets: Secrets,
    now: () => Instant,
    connect: (requestId: string) => Database = () => db,
    told: (posted: readonly StoredVoucher[], job: Job) => void = () => {},
  ) {
    this.db = db
    this.connect = connect
    this.secrets = secrets
    this.now = now
    this.told = told
  }

  /** Does one job. @throws Problem 409 voucher/contended; 503 service/busy when too many wait, or the database does not answer. */
  async run(job: Job): Promise<JobAnswer> {
    if (job.do === 'try' || (job.do === 'match' && job.dryRun)) return this.tryOut(job)
    return this.queue.add(job, () => {
      if (!this.running) void this.drain()
      else this.prepareAhead()
    })
  }

  /** A dry run waits for nobody and holds nobody up. */
  private async tryOut(job: Job): Promise<JobAnswer> {
    const db = this.connect(job.requestId ?? '')
    const ledgerVersion = await this.checkFreshness(db)
    const books = await this.readBooks([job], false, db)
    const judged = await judgeJob(job, books, this.surroundings(db))
    return judged.answer(ledgerVersion)
  }

  /** Forgets facts that somebody has changed, or of books that were put back. Gives the ledger version, from the same read. */
  private async checkFreshness(db = this.db): Promise<number> {
    const row = (await db.execute(FRESHNESS)).rows[0]!
    const ledgerVersion = Number(row.ledger_version)
    const isBack = ledgerVersion < this.head.ledgerVersion
    if (isBack || Number(row.facts_version) !== this.books?.factsVersion) this.books = undefined
    return ledgerVersion
  }

  private async drain() {
    this.running = true
    for (let group = this.queue.takeGroup(); group.length > 0; group = this.queue.takeGroup()) {
      const began = performance.now()
      await this.settle(group).catch((error) => {
        for (const waiting of group) waiting.reject(error)
      })
      this.queue.measure(group, performance.now() - began)
    }
    this.running = false
  }

  private async settle(group: Waiting[]): Promise<void> {
    this.db = this.connect(requestsOf(group))
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const known = this.books
      const books = await this.readBooks(
        group.map(({ job }) => job),
        true,
      )
      // fail point: read
      const ahead = await this.takeAhead(group, books)
      const judged = ahead ? [ahead.judged] : await this.judge(group, books)
      if (judged.some((j) => j.refuses) && (await this.learnsMore(group, judged, known === this.books))) continue
      // fail point: judged
      const chained = ahead?.chained ?? (await this.chain(judged, books))
      // fail point: chained
      const { news, matching, scheduling } = chained
      if (isNothing(chained)) {
        if (judged.some((j) => !j.refuses)) await this.checkFreshness() // what is told again must still stand
        if (this.books) return this.answer(group, judged)
        continue
      }
      try {
        const typed = judged.flatMap((j) => j.toPost.filter((p) => p.at !== undefined))
        const doubles =
          typed.length > 0
            ? [
                findDoubles(
                  typed.map((p) => p.row!),
                  this.now(),
                ),
              ]
            : []
        const sql = [...(ahead?.sql ?? insertPosted(news, matching, scheduling)), ...doubles]
        const results = await this.commit(chained, sql)
        // fail point: committed
        if (doubles.length > 0)
          for (const [place, issue] of doublesIn(results.at(-1)!, (i) => typed[i]!.at!))
            tellDouble(typed[place]!.issues, issue)
      } catch (error) {
        if (await this.recover(error, group)) continue
        return this.settleOneByOne(group, error)
      }
      this.advance(chained)
      return this.answer(group, judged)
    }
    throw new Problem(409, 'voucher/contended')
  }

  /**
   * Nobody is refused by facts that are no longer true, nor for a voucher that was posted before this writer began: that is
   * a repetition. True when there was something to learn, so that the group is judged again.
   */
  private async learnsMore(group: readonly Waiting[], judged: readonly Judged[], keptFacts: boolean): Promise<boolean> {
    const refused = group.flatMap(({ job }, i) => (judged[i]?.refuses ? idsOf(job) : []))
    const unknown = refused.filter((id) => !this.posted.has(id) && !this.postedBefore.has(id))
    const found = unknown.length > 0 ? await readVouchersById(this.db, unknown) : []
    for (const stored of found) this.remember(postedAnswer(stored, false, []))
    if (keptFacts) await this.checkFreshness()
    return found.length > 0 || !this.books
  }

  private async commit(chained: Chained, sql: InStatement[]): Promise<ResultSet[]> {
    this.committing = chained
    const written = this.db.batch(sql, 'write')
    this.prepareAhead()
    return written.finally(() => {
      this.committing = undefined
    })
  }

  /**
   * While a commit is on its way, makes the next batch of an import ready to follow it: booked entries are judged by facts
   * alone, so nothing that is being written can change the judgement. Other jobs wait, and gather in larger groups.
   */
  private prepareAhead() {
    const next = this.queue.next
    if (this.ahead || !this.committing || !this.books || next?.job.do !== 'book') return
    this.ahead = this.prepare(next, this.committing, this.books).catch(() => undefined)
  }

  private async prepare(waiting: Waiting, before: Chained, books: Books): Promise<Ahead> {
    const judged = await judgeJob(waiting.job, books, this.surroundings())
    const chained = await this.chain([judged], books, before)
    return { waiting, books, after: before.head.hash, judged, chained, sql: insertPosted(chained.news) }
  }

  /** What was made ready for this group, if it still follows the head by the same facts; else it is judged again. */
  private async takeAhead(group: readonly Waiting[], books: Books): Promise<Ahead | undefined> {
    const ahead = await this.ahead
    this.ahead = undefined
    if (!ahead || group.length !== 1 || group[0] !== ahead.waiting || ahead.judged.refuses) return undefined
    return ahead.books === books && ahead.after === this.head.hash ? ahead : undefined
  }

  /** Only who `posts` may find that books were put back: who tries out may have read while a commit was on its way. */
  private async readBooks(jobs: readonly Job[], posts: boolean, db = this.db): Promise<Books> {
    let books = this.books
    if (!books) {
      const { facts, head, lastNumbers } = await readFacts(db)
      books = booksOf(facts)
      const isBack = head.ledgerVersion < this.head.ledgerVersion
      if (isBack && posts) this.forgetPosted()
      if (!isBack || posts) {
        this.books = books
        this.head = head
        this.lastNumbers = lastNumbers
      }
    }
    const named = new Set(jobs.flatMap(partiesNamed))
    const missing = [...named].filter(
      (n) => !books.parties.has(partyKey('customer', n)) && !books.parties.has(partyKey('supplier', n)),
    )
    if (missing.length > 0)
      for (const party of await readParties(db, missing)) books.parties.set(partyKey(party.kind, party.number), party)
    const items = jobs.flatMap(itemsNamed)
    const currencies = jobs.flatMap(currenciesNamed)
    const documents = jobs.flatMap(documentsNamed)
    const corrected = jobs.flatMap(correctedNamed)
    if (items.length + currencies.length + documents.length + corrected.length === 0) return books
    return {
      ...books,
      ...(items.length > 0 && { openItems: await readOpenItems(db, items) }),
      ...(currencies.length > 0 && { currencyRates: ratesByCurrency(await readRatesFor(db, currencies)) }),
      ...(documents.length > 0 && { documents: await readAttachable(db, documents) }),
      ...(corrected.length > 0 && { correctable: await readCorrectable(db, corrected) }),
    }
  }

  private async judge(group: readonly Waiting[], books: Books): Promise<Judged[]> {
    const judged: Judged[] = []
    let now = books
    for (const { job } of group) {
      const one = await judgeJob(job, now, this.surroundings()).catch(stopped)
      if (one.openItems) now = { ...now, openItems: one.openItems }
      judged.push(one)
    }
    return judged
  }

  private surroundings(db = this.db) {
    const { signingKey } = this.secrets
    return {
      db,
      now: this.now(),
      ledgerVersion: this.head.ledgerVersion,
      signingKey,
      alreadyPosted: (id: string) => this.posted.get(id) ?? this.postedBefore.get(id),
    }
  }

  /**
   * Numbers, times and hashes for what the jobs will post, in turn, and the places of what each matches; after the head, or
   * after what is being written.
   */
  private async chain(judged: readonly Judged[], books: Books, before?: Chained): Promise<Chained> {
    const news: NewVoucher[] = []
    const matching = { undone: [], made: [] }
    const numbers = new Map(before?.news.map((v) => [seriesKey(v.series, v.fiscalYear), v.number]))
    const scheduling: Scheduling = {
      made: judged.flatMap((j) => j.scheduling?.made ?? []),
      posted: judged.flatMap((j) => j.scheduling?.posted ?? []),
      dropped: judged.flatMap((j) => j.scheduling?.dropped ?? []),
    }
    let head = before?.head ?? this.head
    for (const job of judged) {
      head = await this.chainVouchers(job, books, { head, numbers, news })
      if (job.toUndo || job.toMatch) head = placeMatches(job, head, this.now(), matching)
    }
    return { news, matching, scheduling, head }
  }

  private async chainVouchers(
    job: Judged,
    books: Books,
    { head: from, numbers, news }: { head: Head; numbers: Map<string, number>; news: NewVoucher[] },
  ): Promise<Head> {
    let head = from
    for (const prepared of job.toPost) {
      const now = this.now()
      const key = seriesKey(prepared.series, prepared.fiscalYear)
      const number = (numbers.get(key) ?? this.lastNumbers.get(key) ?? 0) + 1
      numbers.set(key, number)
      const row = {
        ...rowOf(prepared),
        ledgerVersion: head.ledgerVersion + 1,
        number,
        recordedAt: now > head.recordedAt ? now : head.recordedAt, // never goes back along the chain
        factsVersion: books.factsVersion,
      }
      const hash = await hashVoucher(books.company.id, head.hash, row, prepared.entries)
      news.push({
        ...row,
        content: prepared.content,
        entries: prepared.entries,
        eventType: prepared.eventType,
        documents: prepared.documents,
        corrects: prepared.corrects,
        termDay: movedTermDay(row.documentDate, prepared.entries, books),
        origin: job.origin,
        prevHash: head.hash,
        hash,
      })
      head = { ledgerVersion: row.ledgerVersion, hash, recordedAt: row.recordedAt }
      prepared.row = news.at(-1)
    }
    return head
  }

  private advance({ news, head }: Chained) {
    this.head = head
    for (const v of news) this.lastNumbers.set(seriesKey(v.series, v.fiscalYear), v.number)
  }

  private answer(group: readonly Waiting[], judged: readonly Judged[]) {
    group.forEach((waiting, i) => {
      // A large import would push everybody else's answers out; its own are found in the ledger.
      if (waiting.job.do !== 'book')
        for (const prepared of judged[i]!.toPost) this.remember(postedAnswer(prepared.row!, false, prepared.issues))
    })
    group.forEach((waiting, i) => {
      const { toPost, repeats = [] } = judged[i]!
      this.told([...repeats, ...toPost.map(({ row }) => row!)], waiting.job)
      waiting.resolve(judged[i]!.answer(this.head.ledgerVersion))
    })
  }

  private remember(answer: PostedAnswer) {
    // Taking the oldest out one by one would have the map search past all it has lost.
    if (this.posted.size >= REMEMBERED) {
      this.postedBefore = this.posted
      this.posted = new Map()
    }
    this.posted.set(answer.id, answer)
  }

  /** Books that were put back know nothing of what came later: sent again, it is posted again. */
  private forgetPosted() {
    this.posted.clear()
    this.postedBefore.clear()
  }

  /** True when trying again is right: somebody else posted, a fact changed, an id was posted before, or an answer was lost. */
  private async recover(error: unknown, group: readonly Waiting[]): Promise<boolean> {
    const refusal = refusalOf(error)
    if (refusal?.kind === 'full') throw new Problem(507, 'storage/full')
    const behind = refusal?.kind === 'rule' && BEHIND.has(refusal.code)
    if ((refusal?.kind === 'rule' && !behind) || refusal?.kind === 'other') {
      await this.checkFreshness() // an account that is gone is refused by its foreign key, before any trigger is asked
      return !this.books
    }
    // Whatever it was, the database knows best: read where the chain stands and which of these ids are in it.
    this.books = undefined
    const ids = group.flatMap(({ job }) => idsOf(job))
    for (const stored of await this.read(() => readVouchersById(this.db, ids)))
      this.remember(postedAnswer(stored, false, []))
    return true
  }

  private async read<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (refusalOf(error) || error instanceof NoAnswer) throw error
      throw new Problem(503, 'service/busy')
    }
  }

  /** A rule of the database refused the group: find whose job it was, and let the others through. */
  private async settleOneByOne(group: Waiting[], error: unknown): Promise<void> {
    const refusal = refusalOf(error)
    this.books = undefined
    if (group.length === 1) {
      if (refusal?.kind === 'rule') throw new Problem(422, refusal.code)
      throw error instanceof Error ? error : new InvariantError(String(error))
    }
    for (const waiting of group) await this.settle([waiting]).catch(waiting.reject)
  }

  /** Where the chain stands now, as the database says. */
  async readHead(): Promise<Head> {
    return readHead(this.db)
  }
}

/** Requests of a group that are named to the database, at most. */
const NAMED = 5
const requestsOf = (group: readonly Waiting[]): string => {
  const ids = group.slice(0, NAMED).flatMap(({ job }) => job.requestId ?? [])
  return ids.join()
}

const rowOf = (prepared: Prepared) => {
  const { entries, content, issues, eventType, documents, corrects, at, row, ...stored } = prepared
  return stored
}

/** A state that only a bug can reach stops the job that met it, and none of those that stand in its group. */
function stopped(fault: unknown): Judged {
  const ours = fault instanceof InvariantError || fault instanceof TypeError || fault instanceof RangeError
  if (!ours) throw fault
  log('error', 'writer', faultOf(fault))
  return refused(problem(500, 'internal/error'))
}

const isNothing = ({ news, matching, scheduling }: Chained): boolean =>
  [news, matching.undone, matching.made, scheduling.dropped].every((list) => list.length === 0)

export const postedAnswer = (v: StoredVoucher, replayed: boolean, issues: PostedAnswer['issues']): PostedAnswer => ({
  id: v.id,
  type: v.type,
  series: v.series,
  fiscalYear: v.fiscalYear,
  number: v.number,
  status: 'posted',
  ledgerVersion: v.ledgerVersion,
  recordedAt: v.recordedAt,
  hash: v.hash,
  contentHash: v.contentHash,
  replayed,
  issues,
})
