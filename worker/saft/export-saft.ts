import { made } from '#i18n/nb/exports.ts'
import type { IsoDate, Month } from '#worker/core/dates.ts'
import { InvariantError } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { readCalendar } from '#worker/periods/store.ts'
import { readTrialBalance, type TrialBalance } from '#worker/reports/read-trial-balance.ts'
import { isZero } from '#worker/reports/trial-balance.ts'
import { type ExportJournal, journalStart, transactionXml, type VoucherValues } from './export-entries.ts'
import { type ExportStamp, headerXml } from './export-header.ts'
import {
  accountXml,
  analysisTableXml,
  analysisTypesOf,
  type ExportAccount,
  partyXml,
  taxTableXml,
} from './export-masters.ts'
import { partsOf, type SaftPart } from './export-part.ts'
import {
  type ExportMasters,
  readJournals,
  readMasters,
  readPartyPage,
  readVoucherPage,
  type Span,
} from './export-store.ts'
import { money } from './export-xml.ts'

const PARTIES = 1_000
const VOUCHERS = 1_000

export type SaftWish = { fromMonth?: Month | undefined; toMonth?: Month | undefined; version?: '1.40' | undefined }

/**
 * Which files an export comes to: one for each fiscal year that the months touch. Without months: the fiscal year of the
 * newest entry.
 * @throws Problem 422 request/invalid: months in the wrong order, or none of them in a fiscal year.
 */
export async function readSaftParts(db: Database, wish: SaftWish, today: IsoDate): Promise<SaftPart[]> {
  const { years } = await readCalendar(db)
  const months = monthsOf(wish, years) ?? (await newestYear(db, today))
  const refuse = (code: string, pointer: string, params: Record<string, string>): never => {
    throw new Problem(422, 'request/invalid', { issues: [{ code, severity: 'error', pointer, params }] })
  }
  if (months.from > months.to)
    refuse('period/reversed', '#/toMonth', { fromDate: `${months.from}-01`, toDate: `${months.to}-01` })
  return partsOf(years, months, wish.version) ?? refuse('period/unknown', '#/fromMonth', { period: months.from })
}

function monthsOf(
  { fromMonth, toMonth }: SaftWish,
  years: readonly FiscalYear[],
): { from: Month; to: Month } | undefined {
  const given = fromMonth ?? toMonth
  if (!given) return undefined
  const year = years.find((y) => y.firstDate.slice(0, 7) <= given && given <= y.lastDate.slice(0, 7))
  const [first, last] = [year?.firstDate.slice(0, 7) ?? given, year?.lastDate.slice(0, 7) ?? given]
  return { from: fromMonth ?? (first as Month), to: toMonth ?? (last as Month) }
}

async function newestYear(db: Database, today: IsoDate): Promise<{ from: Month; to: Month }> {
  const { fromDate, toDate } = await readTrialBalance(db, { today, filter: { dimensions: {} } })
  return { from: fromDate.slice(0, 7) as Month, to: toDate.slice(0, 7) as Month }
}

/** What a file is made of, all at one version of the ledger. */
export type SaftExport = {
  part: SaftPart
  span: Span
  masters: ExportMasters
  report: TrialBalance
  accounts: ExportAccount[]
}

/** Reads everything but parties and vouchers: what decides whether the file can be made at all. */
export async function readSaftExport(
  db: Database,
  part: SaftPart,
  today: IsoDate,
  atVersion?: number,
): Promise<SaftExport> {
  const { fromDate, toDate } = part
  const report = await readTrialBalance(db, { fromDate, toDate, atVersion, today, filter: { dimensions: {} } }, true)
  const span = { fromDate, toDate, atVersion: report.atVersion }
  const masters = await readMasters(db, span)
  return { part, span, masters, report, accounts: accountsOf(report, masters) }
}

/**
 * Accounts that stand or move, and control accounts. What earlier years earned and nobody has appropriated yet opens on an
 * account of its own, so that opening balances sum to zero, as they must.
 */
function accountsOf(report: TrialBalance, { groupings, controls }: ExportMasters): ExportAccount[] {
  const accounts = report.rows
    .filter((row) => !isZero(row) || controls.has(row.account))
    .map((row): ExportAccount => {
      const { category = null, code = null } = groupings.get(row.account) ?? {}
      const { account: number, nameNb: name, opening, closing } = row
      return { number, name, groupingCategory: category, groupingCode: code, opening, closing }
    })
  const { undistributedResult: amount } = report
  if (amount === 0) return accounts
  const own = { name: made.undistributed, groupingCategory: 'egenkapital', groupingCode: '2050' }
  const number = freeNumber(new Set(report.rows.map((row) => row.account)))
  return [...accounts, { number, ...own, opening: amount, closing: amount }].sort((a, b) =>
    a.number < b.number ? -1 : 1,
  )
}

function freeNumber(taken: ReadonlySet<string>): string {
  for (let n = 2098; n > 2050; n--) if (!taken.has(String(n))) return String(n)
  return '2098-0'
}

/**
 * A SAF-T Financial file, a piece at a time: a page of parties or vouchers is in memory, and the next one on its way. What
 * was written is counted against what the head said; a file that would not add up is broken off, never finished.
 * @throws InvariantError when it does not.
 */
export async function* saftFile(db: Database, made: SaftExport, stamp: ExportStamp): AsyncGenerator<string> {
  const { part, span, masters, report, accounts } = made
  const types = analysisTypesOf(masters.dimensions.map((d) => d.key))
  yield headerXml(masters.company, part, stamp)
  yield `<GeneralLedgerAccounts>\n${accounts.map(accountXml).join('')}</GeneralLedgerAccounts>\n`
  yield* parties(db, span, 'customer')
  yield* parties(db, span, 'supplier')
  const { debit, credit } = report.totals
  yield `${taxTableXml(masters.taxCodes)}${analysisTableXml(masters.dimensions, types)}</MasterFiles>
<GeneralLedgerEntries><NumberOfEntries>${masters.vouchers}</NumberOfEntries><TotalDebit>${money(debit)}</TotalDebit><TotalCredit>${money(credit)}</TotalCredit>\n`
  const counted = { vouchers: 0, debit: 0, credit: 0 }
  for (const journal of await readJournals(db, part.fiscalYear)) {
    let begun = false
    for await (const page of pagesOf(db, span, journal)) {
      let text = begun ? '' : journalStart(journal)
      begun = true
      for (const voucher of page) {
        text += transactionXml(voucher, journal, types)
        count(voucher, counted)
      }
      yield text
    }
    if (begun) yield '</Journal>\n'
  }
  if (counted.vouchers !== masters.vouchers || counted.debit !== debit || counted.credit !== credit)
    throw new InvariantError(`SAF-T: ${JSON.stringify(counted)} is not ${masters.vouchers}, ${debit}, ${credit}`)
  yield '</GeneralLedgerEntries>\n</AuditFile>\n'
}

function count(voucher: VoucherValues, counted: { vouchers: number; debit: number; credit: number }) {
  counted.vouchers++
  for (const { 2: amount } of voucher[11])
    if (amount > 0) counted.debit += amount
    else counted.credit -= amount
}

async function* parties(db: Database, span: Span, kind: PartyKind): AsyncGenerator<string> {
  const name = kind === 'customer' ? 'Customers' : 'Suppliers'
  let begun = false
  for (let after = ''; ; ) {
    const page = await readPartyPage(db, span, kind, after, PARTIES)
    if (page.length > 0) yield `${begun ? '' : `<${name}>\n`}${page.map(partyXml).join('')}`
    begun ||= page.length > 0
    if (page.length < PARTIES) break
    after = page.at(-1)!.number
  }
  if (begun) yield `</${name}>\n`
}

/** Pages of a journal's vouchers; the next is asked for before this one is written. */
async function* pagesOf(db: Database, span: Span, journal: ExportJournal): AsyncGenerator<VoucherValues[]> {
  const read = (after: number) => readVoucherPage(db, span, journal, after, VOUCHERS)
  let next = read(0)
  for (;;) {
    const page = await next
    if (page.length === VOUCHERS) {
      next = read(page.at(-1)![1])
      // Whoever awaits it hears of a failure; a reader that has gone away does not.
      next.catch(() => {})
    }
    if (page.length > 0) yield page
    if (page.length < VOUCHERS) return
  }
}
