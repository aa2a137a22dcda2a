import { standardAccounts } from '#worker/companies/standard-accounts.ts'
import { insertAccounts, insertStandards } from '#worker/companies/store.ts'
import { type IsoDate, type Month, monthOf } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { Account, PartyKind } from '#worker/ledger/account.ts'
import type { BookedVoucher } from '#worker/ledger/job.ts'
import { bookedContent } from '#worker/ledger/judge-booked.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { readVouchersById } from '#worker/ledger/store.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import { standardVatCodes } from '#worker/vat/standard-vat-codes.ts'
import { SOFTWARE } from './export-header.ts'
import type { FileBalances } from './file-balances.ts'
import { openingVoucher } from './opening-voucher.ts'
import type { SaftContent } from './saft-answers.ts'
import { type OwnParty, SaftChart, WholeFileNeeded } from './saft-chart.ts'
import { SaftDimensions } from './saft-dimensions.ts'
import { dateOf, type SaftParty, type SaftTransaction } from './saft-file.ts'
import type { SaftPlan } from './saft-survey.ts'
import { SaftVat } from './saft-vat.ts'
import { differsFromPeriod, type SaftMapping, voucherOf } from './saft-voucher.ts'
import { SaftVoucherTypes } from './saft-voucher-type.ts'
import { SeenTransactions, voucherIdOf } from './seen-transactions.ts'
import { insertDimensions, insertDimensionValues, insertParties, readUndone, updateControls } from './store.ts'
import { ToldList } from './told-list.ts'

/** Vouchers and entries handed to the writer at a time. */
const BATCH_VOUCHERS = 500
const BATCH_ENTRIES = 2_500
/** Batches with the writer at a time: one being written, one made ready. */
const UNDER_WAY = 2
/** Parties written at a time. */
const BATCH_PARTIES = 1_000

const isOwn = (software: string): boolean => software === [SOFTWARE.company, SOFTWARE.id].join(' · ')

/** The company an import books into, and what it already has; a new one has nothing. */
export type BookingTarget = {
  id: string
  database: string
  db: Database
  isNew: boolean
  accounts: readonly Account[]
  vatCodes: ReadonlySet<string>
  dimensions: Map<string, Set<string>>
  used: ReadonlySet<string>
  parties: readonly OwnParty[]
  technical: readonly (readonly [PartyKind, string])[]
  /** An import before this one was taken back. */
  anyUndone: boolean
  /** The company has stood open before this file, so its opening balance is not booked again. */
  hasOpened: (day: IsoDate, openingId: string) => Promise<boolean>
}
export type BookingAsk = {
  env: Bindings
  importJob: string
  by: string
  /** Told to those who have a page open. */
  name: string
  rights: Rights
  /** `check` books nothing and writes nothing: it finds what would be refused. */
  mode: 'book' | 'check'
  /** Covered by fiscal years; a day outside needs the whole file known first. */
  days: { first: IsoDate; last: IsoDate }
  plan: SaftPlan | undefined
}
export type Counts = {
  accounts: number
  customers: number
  suppliers: number
  transactions: number
  lines: number
  /** Vouchers that this import booked, and those that stood there before with the same content. */
  vouchers: number
  replayed: number
  entries: number
}

/**
 * Books what a reader reads, as it reads it: master data first, then the opening voucher, then every transaction in batches
 * through the one door. While one batch is written the next waits at the writer, and the one after it is read.
 * @throws WholeFileNeeded when accounts or days surprise; Problem as the ledger's writer says.
 */
export class SaftBooking {
  readonly told = new ToldList()
  readonly balances: FileBalances = { accounts: new Map(), parties: [] }
  readonly counts: Counts = {
    accounts: 0,
    customers: 0,
    suppliers: 0,
    transactions: 0,
    lines: 0,
    vouchers: 0,
    replayed: 0,
    entries: 0,
  }
  readonly sums = { debit: 0, credit: 0 }
  /** What each account moves by in each month of the file, in øre. */
  readonly movements = new Map<Month, Map<string, number>>()
  readonly chart: SaftChart
  vat: SaftVat | undefined
  openingMissing = 0
  ledgerVersion = 0
  lastDate: IsoDate | undefined
  private readonly target: BookingTarget
  private readonly ask: BookingAsk
  private mapping: SaftMapping | undefined
  private selection: { startDate: IsoDate | null; endDate: IsoDate | null } = { startDate: null, endDate: null }
  private readonly seen = new SeenTransactions()
  private batch: BookedVoucher[] = []
  private batchEntries = 0
  private readonly underWay: Promise<unknown>[] = []

  constructor(target: BookingTarget, ask: BookingAsk) {
    this.target = target
    this.ask = ask
    this.chart = new SaftChart(target, this.told, ask.plan?.controls)
    for (const [kind, number] of target.technical) this.chart.knowTechnical(kind, number)
  }

  /** Books what the reader has completed since the last time. */
  async take(reader: SaftContent): Promise<void> {
    const parties = reader.takeParties()
    if (parties.length > 0 || reader.mastersEnded) this.addAccounts(reader)
    for (const party of parties) this.addParty(party)
    if (this.chart.newParties.length >= BATCH_PARTIES) await this.writeMasters()
    if (!reader.mastersEnded) return
    if (!this.mapping) await this.open(reader)
    for (const t of reader.takeTransactions()) {
      this.add(t)
      if (this.batch.length >= BATCH_VOUCHERS || this.batchEntries >= BATCH_ENTRIES) await this.send()
    }
  }

  /** Waits until everything stands. */
  async finish(): Promise<void> {
    await this.send()
    await Promise.all(this.underWay)
  }

  private addAccounts(reader: SaftContent) {
    if (this.counts.accounts === reader.accounts.size) return
    for (const account of reader.accounts.values()) {
      this.chart.addAccount(account)
      this.balances.accounts.set(account.id, account)
    }
    this.counts.accounts = reader.accounts.size
  }

  private addParty(party: SaftParty) {
    const control = this.chart.addParty(party)
    this.counts[party.kind === 'customer' ? 'customers' : 'suppliers']++
    for (const { account, opening, closing } of party.balances)
      this.balances.parties.push({ kind: party.kind, id: party.id, account: account || control, opening, closing })
  }

  private async open(reader: SaftContent) {
    this.chart.endMasters()
    this.selection = reader.header!
    const { target, told, ask } = this
    await this.writeMasters()
    if (target.isNew && ask.mode === 'book')
      await target.db.batch([this.missingVatAccounts(), ...insertStandards()], 'write')
    const codes = target.isNew ? new Set(standardVatCodes.map((c) => c.code)) : target.vatCodes
    this.vat = new SaftVat(reader.taxCodes, codes, told)
    const dimensions = new SaftDimensions(reader.analysisTypes, target.dimensions, told)
    this.mapping = {
      chart: this.chart,
      dimensions,
      vat: this.vat,
      types: new SaftVoucherTypes(isOwn(reader.header!.software)),
      told,
    }
    await this.writeMasters()
    const openingId = voucherIdOf(JSON.stringify(['opening', ask.days.first]))
    if (await target.hasOpened(ask.days.first, openingId)) told.add('opening-skipped')
    else {
      const { voucher, missing } = openingVoucher(openingId, ask.days.first, this.balances, this.chart, told)
      this.openingMissing = missing
      if (voucher) {
        this.batch.push(voucher)
        // Nothing is booked before what it opens with: an import that is cut off and asked for again must find it there.
        await this.finish()
      }
    }
  }

  /** Our VAT codes name accounts that must be there; those that the file lacks stand unused. */
  private missingVatAccounts(): InStatement {
    const named = new Set(standardVatCodes.flatMap((c) => [c.outputAccount, c.inputAccount]))
    return insertAccounts(standardAccounts().filter((a) => named.has(a.number) && !this.chart.accounts.has(a.number)))
  }

  private add(t: SaftTransaction) {
    const { first, last } = this.ask.days
    const day = dateOf(t)
    this.counts.transactions++
    this.counts.lines += t.lines.length
    if (day < first || day > last) throw new WholeFileNeeded()
    const moved = this.movedIn(monthOf(day))
    for (const { account, amount, isDebit } of t.lines) {
      if (isDebit) this.sums.debit += amount
      else this.sums.credit -= amount
      moved.set(account, (moved.get(account) ?? 0) + amount)
    }
    if (!this.lastDate || day > this.lastDate) this.lastDate = day
    const { startDate, endDate } = this.selection
    if ((startDate && day < startDate) || (endDate && day > endDate)) this.told.add('transaction-outside')
    if (differsFromPeriod(t, day)) this.told.add('period-differs')
    const key = [t.journal.id, t.id, t.periodYear || day.slice(0, 4)]
    const occurrence = this.seen.occurrenceOf(JSON.stringify(key))
    if (occurrence > 1) this.told.add('transaction-twice', { transaction: t.id })
    const voucher = voucherOf(t, voucherIdOf(JSON.stringify([...key, occurrence])), this.mapping!)
    if (!voucher) return
    this.batch.push(voucher)
    this.batchEntries += voucher.entries.length
  }

  private movedIn(month: Month): Map<string, number> {
    const moved = this.movements.get(month) ?? new Map<string, number>()
    if (moved.size === 0) this.movements.set(month, moved)
    return moved
  }

  /** Sends the batch, and before it what it rests on. */
  private async send() {
    const vouchers = this.batch
    this.batch = []
    this.batchEntries = 0
    while (this.underWay.length >= UNDER_WAY) await this.underWay.shift()
    if (vouchers.length === 0) return
    await this.writeMasters()
    const fresh = this.target.anyUndone ? await this.renamed(vouchers) : vouchers
    const sent = this.ask.mode === 'book' ? this.book(fresh) : this.check(fresh)
    // Whoever awaits it hears of a failure; until then nobody has to.
    sent.catch(() => {})
    this.underWay.push(sent)
  }

  /** What was taken back before comes in anew: under an id of its own, which is the same whenever the file is read. */
  private async renamed(vouchers: readonly BookedVoucher[]): Promise<readonly BookedVoucher[]> {
    const undone = await readUndone(
      this.target.db,
      vouchers.map((v) => v.id),
    )
    if (undone.size === 0) return vouchers
    return this.renamed(
      vouchers.map((v) => (undone.has(v.id) ? { ...v, id: voucherIdOf(JSON.stringify([v.id, undone.get(v.id)])) } : v)),
    )
  }

  private async book(vouchers: readonly BookedVoucher[]) {
    const { env, importJob, by, name, rights } = this.ask
    const done = await runJob(
      env,
      { id: this.target.id as never, database: this.target.database },
      {
        do: 'book',
        importJob,
        by,
        name,
        rights,
        vouchers,
      },
    )
    const replayed = 'vouchers' in done ? done.vouchers.filter((v) => v.status === 'posted' && v.replayed).length : 0
    this.counts.replayed += replayed
    this.counts.vouchers += vouchers.length - replayed
    this.counts.entries += vouchers.reduce((n, v) => n + v.entries.length, 0)
    this.ledgerVersion = Math.max(this.ledgerVersion, done.ledgerVersion)
  }

  /** Vouchers that stand there already must be the same. */
  private async check(vouchers: readonly BookedVoucher[]) {
    const byId = new Map(vouchers.map((v) => [v.id, v]))
    for (const stored of await readVouchersById(this.target.db, [...byId.keys()])) {
      const own = byId.get(stored.id)!
      if (stored.contentHash === (await sha256(bookedContent(own)))) continue
      throw new Problem(422, 'saft/changed-transaction', { params: { transaction: own.externalId } })
    }
  }

  private async writeMasters() {
    const { chart } = this
    const statements: InStatement[] = []
    if (chart.newAccounts.length > 0) statements.push(insertAccounts(chart.newAccounts))
    if (chart.newControls.length > 0) statements.push(updateControls(chart.newControls))
    if (chart.newParties.length > 0) statements.push(insertParties(chart.newParties, new Date().toISOString()))
    chart.newAccounts = []
    chart.newControls = []
    chart.newParties = []
    const { dimensions } = this.mapping ?? {}
    if (dimensions && dimensions.newDimensions.length > 0) statements.push(insertDimensions(dimensions.newDimensions))
    if (dimensions && dimensions.newValues.length > 0) statements.push(insertDimensionValues(dimensions.newValues))
    if (dimensions) {
      dimensions.newDimensions = []
      dimensions.newValues = []
    }
    if (statements.length > 0 && this.ask.mode === 'book') await this.target.db.batch(statements, 'write')
  }
}
