import { readBudgets } from '#worker/budgets/store.ts'
import { addMonths, type IsoDate, lastDay, type Month, monthOf, monthsBetween } from '#worker/core/dates.ts'
import { negate, type Ore, ore } from '#worker/core/money.ts'
import type { Database } from '#worker/database/connect.ts'
import { countDocuments } from '#worker/documents/store.ts'
import { countDrafts } from '#worker/drafts/store.ts'
import { listVouchers } from '#worker/ledger/list-vouchers.ts'
import { readCalendar } from '#worker/periods/store.ts'
import { readReportBatch } from '#worker/reports/read-report-batch.ts'
import { readAgeing } from '#worker/subledger/read-ageing.ts'
import { readVatSpecification } from '#worker/vat-return/read-vat-specification.ts'
import { tasksOf } from './task.ts'

/** What a month came to, in øre, profit positive; `planned` is null without a budget for the year. */
export type MonthResult = { month: Month; result: Ore; before: Ore; planned: Ore | null }

const LATEST = 5
const CASH_MONTHS = 12

/**
 * What owner and accountant look at first: result by month against last year and budget, cash, claims by age, VAT due, what
 * waits to be done, and the newest vouchers. Figures are of one ledger version and those of the reports they lead to, in øre.
 * Months are the ended ones of the fiscal year of `today`; without such a year it is the newest one, whole.
 */
export async function readDashboard(db: Database, today: IsoDate) {
  const { years, periods } = await readCalendar(db)
  const year = years.find(({ firstDate, lastDate }) => firstDate <= today && today <= lastDate) ?? years.at(-1)
  const first = monthOf(year?.firstDate ?? (`${today.slice(0, 4)}-01-01` as IsoDate))
  const through = lastEndedMonth(first, monthOf(year?.lastDate ?? today), today)
  const months = monthsBetween(first, through)
  const before = months.map((month) => addMonths(month, -12))
  const hasBefore = years.some(({ firstDate }) => monthOf(firstDate) <= before[0]!)
  const cashMonths = monthsBetween(addMonths(through, 1 - CASH_MONTHS), through).filter((month) =>
    years.some(({ firstDate }) => monthOf(firstDate) <= month),
  )
  const batch = await readReportBatch(
    db,
    {
      groups: [
        grid(
          'movement',
          ['@operating-result', '@operating-income', '@result-before-tax'],
          [...months, ...(hasBefore ? before : [])],
        ),
        grid('closing', ['@cash'], [...cashMonths, today]),
        grid('budget', ['@operating-result', '@result-before-tax'], months),
      ],
    },
    today,
  )
  const [actual, cash, planned] = batch.groups as unknown as [Figures, Figures, Figures]
  const { ledgerVersion } = batch
  const [customers, suppliers, vat, drafts, documents, latest, budgets] = await Promise.all([
    readAgeing(db, { kind: 'customer', atVersion: ledgerVersion, asAtDate: today }, today),
    readAgeing(db, { kind: 'supplier', atVersion: ledgerVersion, asAtDate: today }, today),
    readVatSpecification(db, { atVersion: ledgerVersion, today }),
    countDrafts(db),
    countDocuments(db),
    listVouchers(db, { limit: LATEST }),
    readBudgets(db),
  ])
  const row = (n: number) => rowOf(actual, n, months.length, hasBefore)
  const result = row(0)
  const plannedRow = (n: number) => amountsOf(planned).slice(n * months.length, (n + 1) * months.length)
  return {
    ledgerVersion,
    today,
    fiscalYear: year?.year ?? Number(today.slice(0, 4)),
    fromMonth: first,
    throughMonth: through,
    hasLastYear: hasBefore,
    budget: budgets.find((b) => b.year === year?.year && b.main)?.name ?? null,
    months: months.map(
      (month, i): MonthResult => ({
        month,
        result: result.now[i]!,
        before: result.before[i] ?? ore(0),
        planned: plannedRow(0)[i] === null ? null : negate(plannedRow(0)[i]!),
      }),
    ),
    operatingIncome: totals(row(1)),
    resultBeforeTax: { ...totals(row(2)), planned: plannedTotal(plannedRow(1)) },
    operatingResult: { ...totals(result), planned: plannedTotal(plannedRow(0)) },
    cash: {
      today: amountsOf(cash).at(-1) ?? ore(0),
      months: cashMonths.map((month, i) => ({ month, amount: amountsOf(cash)[i] ?? ore(0) })),
    },
    customers: { buckets: customers.buckets, totals: customers.totals },
    suppliers: { buckets: suppliers.buckets, totals: suppliers.totals },
    /** None for a company that neither is registered nor has VAT in the term. */
    vat:
      vat.registered || vat.groups.length > 0
        ? { term: vat.term, toPay: vat.toPay, settled: vat.accounts.every((a) => a.specified === -a.settled) }
        : null,
    tasks: tasksOf({
      today,
      vat,
      drafts,
      unhandled: documents.unhandled,
      customers,
      suppliers,
      openMonth: firstOpen(periods, first, today),
    }),
    latest: latest.vouchers,
  }
}
export type Dashboard = Awaited<ReturnType<typeof readDashboard>>

type Figures = { amounts: (number | null)[] }

/** Every account at every period, accounts first. */
const grid = (measure: 'movement' | 'closing' | 'budget', accounts: string[], periods: string[]) => ({
  measure,
  accounts,
  periods,
  cells: accounts.flatMap((_, a) => periods.map((_, p): [number, number] => [a, p])),
})

const amountsOf = ({ amounts }: Figures): (Ore | null)[] => amounts.map((n) => (n === null ? null : ore(n)))

/** One account's figures by month, this year and last, with the sign people think in: profit and income positive. */
function rowOf(figures: Figures, n: number, months: number, hasBefore: boolean) {
  const width = hasBefore ? months * 2 : months
  const own = amountsOf(figures)
    .slice(n * width, (n + 1) * width)
    .map((amount) => negate(amount ?? ore(0)))
  return { now: own.slice(0, months), before: own.slice(months) }
}

const totals = ({ now, before }: { now: Ore[]; before: Ore[] }) => ({
  now: ore(now.reduce<number>((a, b) => a + b, 0)),
  before: ore(before.reduce<number>((a, b) => a + b, 0)),
})
const plannedTotal = (row: (Ore | null)[]): Ore | null =>
  row.length === 0 || row.some((amount) => amount === null) ? null : ore(-row.reduce<number>((a, b) => a + b!, 0))

/** The last month of the year that is over on the day; the first one when none is. */
function lastEndedMonth(first: Month, last: Month, today: IsoDate): Month {
  const ended = monthsBetween(first, last).filter((month) => lastDay(month) < today)
  return ended.at(-1) ?? first
}

/** The first month of the year that is over and still open; before any is, the last one of the year before. */
function firstOpen(
  periods: readonly { month: Month; level: string }[],
  first: Month,
  today: IsoDate,
): Month | undefined {
  const from = lastDay(first) < today ? first : addMonths(first, -1)
  return periods.find(({ month, level }) => level === 'open' && month >= from && lastDay(month) < today)?.month
}
