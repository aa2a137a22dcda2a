import { addinFunctions as en } from '#i18n/en/addin-functions.ts'
import { voucherName } from '#i18n/format.ts'
import { addinFunctions as nb } from '#i18n/nb/addin-functions.ts'
import { addMonths, type Instant, type IsoDate, month } from '#worker/core/dates.ts'
import type { Facts, LockLevel } from '#worker/ledger/books.ts'
import { scopeLevelIn } from '#worker/ledger/lock.ts'
import { daysOf, periodOf } from '#worker/reports/period-range.ts'
import { kronerOf, serialOf } from '../sheet/excel-value.ts'
import { ArgumentFault, accountsOf, dimensionsOf, type Given, isGiven, matrixOf, periodText } from './arguments.ts'
import type { FunctionId } from './catalogue.ts'
import type { FunctionRuntime } from './function-runtime.ts'
import { itemFunctions, kindOf } from './item-functions.ts'
import { columnsOf, countOf, cutRow, ofCompanies, pages, type Row, rowOf, whichOf } from './list-rows.ts'
import { statementFunction } from './statement-function.ts'

type Lists = Pick<
  Record<FunctionId, (...args: Given[]) => unknown>,
  | 'TRIALBALANCE'
  | 'LINES'
  | 'VOUCHERS'
  | 'STATEMENT'
  | 'OPENITEMS'
  | 'AGEING'
  | 'VAT'
  | 'ACCOUNTS'
  | 'ACCOUNTNAME'
  | 'PARTIES'
  | 'PARTYNAME'
  | 'DIMENSIONS'
  | 'PERIOD'
  | 'PERIODSTATUS'
  | 'NUMBERPROOF'
  | 'SEAL'
  | 'VERIFIED'
  | 'FRESHNESS'
>

/** Functions that give lists, names and states; each list with its headings. Amounts in kroner, debit positive. */
export function listFunctions(runtime: FunctionRuntime): Lists {
  const { around } = runtime
  const texts = () => (around.locale() === 'nb' ? nb : en)
  const nameOf = (of: { nameNb: string; nameEn: string }) => (around.locale() === 'nb' ? of.nameNb : of.nameEn)
  const headings = (ids: readonly string[]) => ids.map((id) => (texts().columns as Record<string, string>)[id] ?? id)
  const own = async () => {
    const company = await runtime.companyOf()
    return { company, facts: await runtime.facts(company) }
  }
  const tables = (options: Given, of: (company: string) => Promise<unknown>) =>
    ofCompanies(runtime, options, texts().columns.company, of)
  const range = async (company: string, facts: Facts, period: Given) => {
    const days = daysOf(periodOf(periodText(period, await runtime.yearStart(company, period)))!, facts.fiscalYears)
    if (!days) throw new ArgumentFault('period', period)
    return days
  }
  const oneFilter = (dims: Given, by = { party: false }) => {
    const filters = dimensionsOf(dims, by)
    if (filters.length > 1) throw new ArgumentFault('dimensions', '|')
    return filters[0]!
  }

  return {
    async TRIALBALANCE(period, level, dims, options) {
      return tables(options, async (company) => {
        const days = await range(company, await runtime.facts(company), period)
        const dimensions = oneFilter(dims)
        const query = { ...days, ...dimensions }
        const { rows } = await runtime.read<{ rows: TrialRow[] }>(company, 'reports/trial-balance', query)
        const digits = isGiven(level) ? Number(level) : 4
        const columns = ['account', 'name', ...AMOUNTS]
        return [
          headings(columns),
          ...summed(rows, digits).map((r) => {
            const account = digits >= 4 ? r.account : `${r.account}:${r.account}`
            return rowOf([r.account, r.name ?? nameOf(r), ...AMOUNTS.map((a) => kronerOf(r[a]))], {
              company,
              figures: (column) => {
                const measure = AMOUNTS[column - 2]
                const asked = { account, period: `${days.fromDate}:${days.toDate}`, dimensions }
                return measure && [{ sign: 1, query: { measure, ...asked } }]
              },
            })
          }),
        ]
      })
    },
    async LINES(account, period, dims, columns, most, options) {
      const [term, ...others] = accountsOf(matrixOf(account)[0]![0])
      if (others.length > 0 || term!.sign < 0) throw new ArgumentFault('account', account)
      const wanted = columnsOf(
        columns,
        ['voucherDate', 'voucher', 'text', 'amount', 'balance'],
        LINE_COLUMNS,
        texts().columns,
      )
      const filter = oneFilter(dims, { party: true })
      return tables(options, async (company) => {
        const days = await range(company, await runtime.facts(company), period)
        const query = { ...whichOf(term!.account), ...days, ...filter }
        const found = await pages(runtime, company, 'reports/general-ledger', 'entries', query, countOf(most))
        const cells = (row: Row) =>
          rowOf(
            wanted.map((id) => LINE_COLUMNS[id]!(row)),
            { company, voucher: String(row.voucherId) },
          )
        return [headings(wanted), ...found.rows.map(cells), ...cutRow(runtime, found, wanted.length, most)]
      })
    },
    async VOUCHERS(fromDate, toDate, filter, columns, most, options) {
      const wanted = columnsOf(columns, ['voucherDate', 'voucher', 'text', 'amount'], VOUCHER_COLUMNS, texts().columns)
      return tables(options, async (company) => {
        const facts = await runtime.facts(company)
        const query = {
          fromDate: (await range(company, facts, fromDate)).fromDate,
          toDate: (await range(company, facts, toDate)).toDate,
          ...(isGiven(filter) && { text: String(filter) }),
          atVersion: undefined, // the list of vouchers is of now; later ones than the figures are left out here
        }
        const version = await runtime.source(company).version()
        const found = await pages(runtime, company, 'vouchers', 'vouchers', query, countOf(most))
        const rows = found.rows.filter((row) => (row.ledgerVersion as number) <= version)
        const cells = (row: Row) =>
          rowOf(
            wanted.map((id) => VOUCHER_COLUMNS[id]!(row)),
            { company, voucher: String(row.id) },
          )
        return [headings(wanted), ...rows.map(cells), ...cutRow(runtime, found, wanted.length, most)]
      })
    },
    ...itemFunctions(runtime),
    ...statementFunction(runtime),
    async ACCOUNTS(filter) {
      const { facts } = await own()
      const fits = fitting(filter)
      return [
        headings(['account', 'name']),
        ...facts.accounts.filter((a) => fits(a.number, nameOf(a))).map((a) => [a.number, nameOf(a)]),
      ]
    },
    async ACCOUNTNAME(account) {
      const { facts } = await own()
      const names = new Map(facts.accounts.map((a) => [a.number, nameOf(a)]))
      return matrixOf(account).map((row) =>
        row.map((n) => (isGiven(n) ? named(names, n, 'unknownAccount', runtime) : '')),
      )
    },
    async PARTIES(kind, filter) {
      const { facts } = await own()
      const wanted = kindOf(kind)
      const fits = fitting(filter)
      const parties = facts.parties.filter((p) => p.kind === wanted && fits(p.number, p.name))
      return [headings(['number', 'name']), ...parties.map((p) => [p.number, p.name])]
    },
    async PARTYNAME(kind, number) {
      const { facts } = await own()
      const wanted = kindOf(kind)
      const names = new Map(facts.parties.filter((p) => p.kind === wanted).map((p) => [p.number, p.name]))
      return matrixOf(number).map((row) => row.map((n) => (isGiven(n) ? named(names, n, 'unknownParty', runtime) : '')))
    },
    async DIMENSIONS(dimension) {
      const { facts } = await own()
      const [key] = Object.keys(dimensionsOf(`${String(dimension)}=x`)[0]!)
      const found = facts.dimensions.find((d) => d.key === key)
      if (!found) throw new ArgumentFault('dimension', dimension)
      return [headings(['code', 'name']), ...found.values.map((v) => [v.code, v.name])]
    },
    PERIOD(period, offset) {
      const text = periodText(period)
      const months = isGiven(offset) ? Number(offset) : 0
      if (months === 0) return text
      const of = month(text.slice(0, 7))
      if (!of || text.includes(':') || !Number.isInteger(months)) throw new ArgumentFault('month', text)
      return addMonths(of, months)
    },
    async PERIODSTATUS(period, options) {
      return ofCompanies(runtime, options, undefined, async (company) => {
        const facts = await runtime.facts(company)
        const status = async (one: unknown) => statusOf(facts, await range(company, facts, one), texts().levels)
        return Promise.all(matrixOf(period).map((row) => Promise.all(row.map(status))))
      })
    },
    async SEAL(period, options) {
      return ofCompanies(runtime, options, undefined, async (company) => {
        const query = isGiven(period) ? await range(company, await runtime.facts(company), period) : {}
        const { atVersion, chainHead } = await runtime.read<Head>(company, 'reports/trial-balance', query)
        return `${atVersion}-${(chainHead ?? '').slice(0, 16)}`
      })
    },
    async NUMBERPROOF(year, options) {
      if (isGiven(year) && !/^\d{4}$/.test(String(year))) throw new ArgumentFault('year', year)
      return tables(options, async (company) => {
        // Of now: it is drawn from the stored vouchers, not from a version.
        const { series } = await runtime.read<{ series: Series[] }>(company, 'reports/number-series', {
          atVersion: undefined,
        })
        return [
          headings(['series', 'name', 'fiscalYear', 'first', 'last', 'count', 'gaps']),
          ...series
            .filter(({ fiscalYear }) => !isGiven(year) || fiscalYear === Number(year))
            .map((s) => [s.series, nameOf(s), s.fiscalYear, s.first, s.last, s.count, missingOf(s)]),
        ]
      })
    },
    async VERIFIED(seal) {
      const parts = /^(\d{1,15})-([0-9a-f]{16,64})$/.exec(String(seal).trim())
      if (!parts) throw new ArgumentFault('seal', seal)
      const { company } = await own()
      const { chainHead } = await runtime.read<Head>(company, 'reports/trial-balance', { atVersion: parts[1]! })
      return chainHead?.startsWith(parts[2]!) === true
    },
    async FRESHNESS() {
      const { takenAt } = runtime.source(await runtime.companyOf()).state
      if (takenAt === undefined) throw new ArgumentFault('offline')
      return momentSerial(new Date(takenAt).toISOString() as Instant)
    },
  }
}

type Head = { atVersion: number; chainHead: string | null }
type TrialRow = {
  account: string
  nameNb: string
  nameEn: string
  opening: number
  debit: number
  credit: number
  closing: number
}
const AMOUNTS = ['opening', 'debit', 'credit', 'closing'] as const

/** Rows summed by the first digits of their accounts; whole accounts keep their names. */
function summed(rows: readonly TrialRow[], digits: number): (TrialRow & { name?: string })[] {
  if (digits >= 4) return [...rows]
  const groups = new Map<string, TrialRow & { name?: string }>()
  for (const row of rows) {
    const account = row.account.slice(0, Math.max(1, digits))
    const sum = groups.get(account) ?? { ...row, account, name: '', opening: 0, debit: 0, credit: 0, closing: 0 }
    groups.set(account, { ...sum, ...Object.fromEntries(AMOUNTS.map((a) => [a, sum[a] + row[a]])) } as TrialRow)
  }
  return [...groups.values()]
}

const name = (row: Row): string => voucherName(row as never).replace('\u00a0', ' ')
const day = (of: unknown): unknown => (typeof of === 'string' && of !== '' ? serialOf(of.slice(0, 10) as IsoDate) : '')
const LINE_COLUMNS: Record<string, (row: Row) => unknown> = {
  voucherDate: (row) => day(row.voucherDate),
  documentDate: (row) => day(row.documentDate),
  voucher: name,
  account: (row) => row.account,
  text: (row) => row.text,
  amount: (row) => kronerOf(row.amount as number),
  balance: (row) => kronerOf(row.balance as number),
  vatCode: (row) => row.vatCode ?? '',
  party: (row) => row.party ?? '',
}
const VOUCHER_COLUMNS: Record<string, (row: Row) => unknown> = {
  voucherDate: LINE_COLUMNS.voucherDate!,
  documentDate: LINE_COLUMNS.documentDate!,
  voucher: name,
  type: (row) => row.type,
  text: (row) => row.text,
  amount: (row) => kronerOf(row.amount as number),
  recordedAt: (row) => momentSerial(row.recordedAt as Instant),
  by: (row) => row.by,
}

/** Those whose number begins with it, or whose name holds it. */
function fitting(filter: Given): (number: string, name: string) => boolean {
  if (!isGiven(filter)) return () => true
  const wanted = String(filter).trim().toLowerCase().replace(/\*$/, '')
  return (number, called) => number.startsWith(wanted) || called.toLowerCase().includes(wanted)
}

function named(
  names: ReadonlyMap<string, string>,
  number: unknown,
  fault: 'unknownAccount' | 'unknownParty',
  runtime: FunctionRuntime,
): unknown {
  const found = names.get(String(number).trim())
  return found ?? runtime.around.makeError(runtime.failure(new ArgumentFault(fault, number)))
}

/** A period is as locked as its most locked month; VAT may be locked by itself. */
function statusOf(
  { periods, scopeLocks = [] }: Facts,
  { fromDate, toDate }: { fromDate: string; toDate: string },
  texts: Readonly<Record<LockLevel | 'vat', string>>,
): string {
  const order: readonly LockLevel[] = ['open', 'soft', 'hard']
  let worst = 0
  let vat = false
  for (const { month, level } of periods) {
    if (month < fromDate.slice(0, 7) || month > toDate.slice(0, 7)) continue
    worst = Math.max(worst, order.indexOf(level))
    vat ||= scopeLevelIn(month, 'vat', scopeLocks) !== 'open'
  }
  const level = order[worst]!
  if (!vat || level === 'hard') return texts[level]
  return level === 'open' ? texts.vat : `${texts[level]}, ${texts.vat}`
}

type Series = {
  series: string
  fiscalYear: number
  nameNb: string
  nameEn: string
  first: number
  last: number
  count: number
  gaps: { from: number; to: number }[]
}
/** The numbers that are missing, and nothing where none is. */
const missingOf = ({ gaps }: Series): string =>
  gaps.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')

const oslo = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short', timeStyle: 'medium' })
/** A moment as Excel's number, in Norwegian time. */
function momentSerial(at: Instant): number {
  const [date, time] = oslo.format(new Date(at)).split(' ')
  const [h, m, s] = time!.split(':').map(Number)
  return serialOf(date as IsoDate) + (h! * 3600 + m! * 60 + s!) / 86_400
}
