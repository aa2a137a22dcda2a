import type { Month } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import { isBalanceAccount } from '#worker/ledger/account.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import type { MovementMonth } from '#worker/opening-balance/takeover-plan.ts'

/** How many balance accounts of a month hold about the balance they had before it, of how many that had one. */
export type Cumulative = { contains: number; of: number }

/** Fewer accounts prove nothing. */
const FEWEST = 3
/** An account that opened with nothing has a balance to compare with once it moved in so many months: one like another is no balance. */
const MONTHS_MOVED = 3

/**
 * Months that hold balances where movements are meant: most balance accounts come to about what they stood at before the month.
 * What one month moves an account by is hardly ever that near to its whole balance, and not on two accounts of three.
 * Source: features.md OPB-05.
 */
export function cumulativeMonths(
  rows: readonly MovementRow[],
  columns: readonly MovementMonth[],
  opening: ReadonlyMap<string, Ore>,
  accounts: Books['accounts'],
): Map<Month, Cumulative> {
  const found = new Map<Month, Cumulative>()
  const sums = balanceSums(rows, accounts)
  const balances = new Map(opening)
  const months = new Map<string, number>()
  for (const { month } of columns) {
    let [contains, of] = [0, 0]
    const moved = sums.get(month) ?? new Map<string, Ore>()
    if (moved.size === 0) continue
    for (const [account, balance] of balances) {
      if (balance === 0 || (!opening.get(account) && (months.get(account) ?? 0) < MONTHS_MOVED)) continue
      of++
      if (isAbout(moved.get(account) ?? 0, balance)) contains++
    }
    const isCumulative = of >= FEWEST && contains * 3 >= of * 2
    if (isCumulative) found.set(month, { contains, of })
    for (const [account, amount] of moved) {
      balances.set(account, isCumulative ? amount : ore((balances.get(account) ?? 0) + amount))
      months.set(account, (months.get(account) ?? 0) + 1)
    }
  }
  return found
}

/** On the same side and within two fifths. */
const isAbout = (amount: number, balance: number): boolean => Math.abs(amount - balance) * 5 < Math.abs(balance) * 2

/** What each balance account has in each month. */
function balanceSums(rows: readonly MovementRow[], accounts: Books['accounts']): Map<Month, Map<string, Ore>> {
  const sums = new Map<Month, Map<string, Ore>>()
  for (const { account, amounts } of rows) {
    const { type } = accounts.get(account) ?? {}
    if (!type || !isBalanceAccount(type)) continue
    for (const [month, amount] of Object.entries(amounts) as [Month, Ore][]) {
      const of = sums.get(month) ?? new Map<string, Ore>()
      of.set(account, ore((of.get(account) ?? 0) + amount))
      sums.set(month, of)
    }
  }
  return sums
}

/**
 * The same rows with those months turned from balances into movements: what each account stands at less what it stood at before,
 * income and cost counted from the start of their fiscal year. An account left out of a month of balances stands at zero there.
 * Months in order; a month that is not named is taken as the movements it holds.
 */
export function asMovements(
  rows: readonly MovementRow[],
  months: ReadonlySet<Month>,
  columns: readonly MovementMonth[],
  opening: ReadonlyMap<string, Ore>,
  { accounts, fiscalYears }: Pick<Books, 'accounts' | 'fiscalYears'>,
): MovementRow[] {
  const firstMonths = new Set(fiscalYears.map(({ firstDate }) => firstDate.slice(0, 7)))
  const opened = new Set<string>()
  return rows.map((row) => {
    const { type } = accounts.get(row.account) ?? {}
    const isBalance = type !== undefined && isBalanceAccount(type)
    // An account that stands on several rows opened once.
    let balance: number = isBalance && !opened.has(row.account) ? (opening.get(row.account) ?? 0) : 0
    opened.add(row.account)
    const amounts: Record<string, Ore> = {}
    for (const { month } of columns) {
      if (!isBalance && firstMonths.has(month)) balance = 0
      const stated = row.amounts[month] ?? 0
      const moved = months.has(month) ? stated - balance : stated
      balance = months.has(month) ? stated : balance + stated
      if (moved !== 0) amounts[month] = ore(moved)
    }
    return { ...row, amounts }
  })
}
