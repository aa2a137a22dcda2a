import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { type AccountType, isBalanceAccount } from '#worker/ledger/account.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { type Days, yearStart } from './period-range.ts'
import type { AccountRange } from './report-query.ts'

/** What an account moved in a month, or on a day of a month that is needed day by day. Øre. */
export type Moved = readonly [account: string, monthOrDay: string, debit: number, credit: number]
export type ChartAccount = { number: string; type: AccountType }
/** Accounts from one place in the chart up to another. */
export type Place = { first: number; end: number }
/** Days as columns: those before the range, before its fiscal year, and up to its end. */
export type Span = { fromDate: IsoDate; from: number; end: number; year: number }

/**
 * The balances of a ledger as cumulative sums over accounts and time, so that any figure of any range of accounts and any
 * days is a handful of additions: ten thousand cells are one read and a few milliseconds.
 */
export class FigureTable {
  /** The accounts in order of number. */
  readonly numbers: readonly string[]
  private readonly times: readonly string[]
  private readonly width: number
  private readonly debit: Float64Array
  private readonly credit: Float64Array
  /** Debit less credit of income and cost accounts alone: they open at 0 each fiscal year. */
  private readonly result: Float64Array
  private readonly openings: ReadonlyMap<string, Brought>
  private readonly years: readonly FiscalYear[]

  /** `openings`: the entries of opening vouchers by their day, which are also in `moved`. */
  constructor(
    chart: readonly ChartAccount[],
    moved: readonly Moved[],
    openings: readonly Moved[],
    years: readonly FiscalYear[],
  ) {
    const accounts = chart.toSorted((a, b) => (a.number < b.number ? -1 : 1))
    this.numbers = accounts.map((a) => a.number)
    this.years = years
    this.times = [...new Set(moved.map(([, time]) => time))].sort()
    this.width = this.times.length + 1
    const size = (accounts.length + 1) * this.width
    this.debit = new Float64Array(size)
    this.credit = new Float64Array(size)
    this.result = new Float64Array(size)
    const rowOf = new Map(this.numbers.map((number, i) => [number, i + 1]))
    const columnOf = new Map(this.times.map((time, i) => [time, i + 1]))
    const isResult = accounts.map((a) => !isBalanceAccount(a.type))
    for (const [account, time, debit, credit] of moved) {
      const row = rowOf.get(account)!
      const at = row * this.width + columnOf.get(time)!
      this.debit[at]! += debit
      this.credit[at]! += credit
      if (isResult[row - 1]) this.result[at]! += debit - credit
    }
    for (const sums of [this.debit, this.credit, this.result]) this.cumulate(sums, accounts.length)
    // The last one is the largest: when it is exact, all are.
    ore(this.debit.at(-1)!)
    ore(this.credit.at(-1)!)
    this.openings = cumulatedOpenings(openings, rowOf, isResult)
  }

  private cumulate(sums: Float64Array, rows: number): void {
    const width = this.width
    for (let row = 1; row <= rows; row++)
      for (let column = 1; column < width; column++) {
        const at = row * width + column
        sums[at]! += sums[at - 1]! + sums[at - width]! - sums[at - width - 1]!
      }
  }

  /** Where a range of accounts stands in the chart. */
  placeOf({ from, to }: AccountRange): Place {
    const first = this.firstNot((number) => number < from)
    return {
      first,
      end: Math.max(
        first,
        this.firstNot((number) => number <= to),
      ),
    }
  }

  private firstNot(before: (number: string) => boolean): number {
    let [low, high] = [0, this.numbers.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (before(this.numbers[middle]!)) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Where some days stand in time. */
  spanOf({ fromDate, toDate }: Days): Span {
    return {
      fromDate,
      from: this.columnsBefore(fromDate),
      end: this.columnsBefore(addDays(toDate, 1)),
      year: this.columnsBefore(yearStart(fromDate, this.years)),
    }
  }

  /** One figure in øre, by the rules of the trial balance. */
  figure(place: Place, span: Span, measure: 'opening' | 'movement' | 'closing' | 'debit' | 'credit'): number {
    const { from, end } = span
    const brought = this.openings.get(span.fromDate)
    const broughtDebit = brought ? brought.debit[place.end]! - brought.debit[place.first]! : 0
    const broughtCredit = brought ? brought.credit[place.end]! - brought.credit[place.first]! : 0
    const debit = this.sum(this.debit, place, from, end) - broughtDebit
    const credit = this.sum(this.credit, place, from, end) - broughtCredit
    switch (measure) {
      case 'debit':
        return ore(debit)
      case 'credit':
        return ore(credit)
      case 'movement':
        return ore(debit - credit)
      case 'opening':
        return ore(this.opening(place, span) + broughtDebit - broughtCredit)
      case 'closing':
        return ore(this.opening(place, span) + broughtDebit - broughtCredit + debit - credit)
    }
  }

  private opening(place: Place, { from, year }: Span): number {
    const before = this.sum(this.debit, place, 0, from) - this.sum(this.credit, place, 0, from)
    return before - this.sum(this.result, place, 0, year)
  }

  private sum(sums: Float64Array, { first, end }: Place, from: number, to: number): number {
    const [upper, lower] = [first * this.width, end * this.width]
    return sums[lower + to]! - sums[upper + to]! - sums[lower + from]! + sums[upper + from]!
  }

  /** What income and cost accounts moved in some days, opening vouchers of the first day left out. Øre. */
  resultIn({ fromDate, toDate }: Days): number {
    return ore(this.resultBetween(fromDate, addDays(toDate, 1)) - (this.openings.get(fromDate)?.result.at(-1) ?? 0))
  }

  /**
   * What income less cost came to that no voucher has moved to equity, of the fiscal year a point in time lies in and of those
   * before it. The opening counts opening vouchers of its day, and belongs to that day's year. Øre.
   */
  undistributed(days: Days, measure: 'opening' | 'movement' | 'closing', which: 'year' | 'earlier-years'): number {
    const at = (day: IsoDate, before: IsoDate): number => {
      const start = yearStart(day, this.years)
      return which === 'year' ? this.resultBetween(start, before) : this.resultBetween(undefined, start)
    }
    const { fromDate, toDate } = days
    const brought = which === 'year' ? (this.openings.get(fromDate)?.result.at(-1) ?? 0) : 0
    const opening = at(fromDate, fromDate) + brought
    const closing = at(toDate, addDays(toDate, 1))
    return ore(measure === 'opening' ? opening : measure === 'closing' ? closing : closing - opening)
  }

  private resultBetween(from: IsoDate | undefined, before: IsoDate): number {
    const all = { first: 0, end: this.numbers.length }
    return this.sum(this.result, all, from ? this.columnsBefore(from) : 0, this.columnsBefore(before))
  }

  /** Where one account stands in the chart; empty when it is not there. */
  accountPlace(number: string): Place {
    return this.placeOf({ from: number, to: number })
  }

  /** How many columns lie before a day. A month that is kept whole begins with its first day, or later if its year does. */
  private columnsBefore(day: IsoDate): number {
    const month = day.slice(0, 7)
    return this.times.filter((time) => time < (time.length === month.length ? month : day)).length
  }
}

type Brought = { debit: Float64Array; credit: Float64Array; result: Float64Array }

function cumulatedOpenings(
  openings: readonly Moved[],
  rowOf: ReadonlyMap<string, number>,
  isResult: readonly boolean[],
): Map<string, Brought> {
  const byDay = new Map<string, Brought>()
  const size = rowOf.size + 1
  for (const [account, day, debit, credit] of openings) {
    if (!byDay.has(day))
      byDay.set(day, {
        debit: new Float64Array(size),
        credit: new Float64Array(size),
        result: new Float64Array(size),
      })
    const sums = byDay.get(day)!
    const row = rowOf.get(account)!
    sums.debit[row]! += debit
    sums.credit[row]! += credit
    if (isResult[row - 1]) sums.result[row]! += debit - credit
  }
  for (const sums of byDay.values())
    for (const column of [sums.debit, sums.credit, sums.result])
      for (let row = 1; row < size; row++) column[row]! += column[row - 1]!
  return byDay
}
