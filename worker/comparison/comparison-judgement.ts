import type { Month } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { Issue } from '#worker/core/problem.ts'
import { isBalanceAccount } from '#worker/ledger/account.ts'
import type { Books } from '#worker/ledger/books.ts'
import { checkMonthRows } from '#worker/opening-balance/month-rows.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'

/** A month in øre. `result`: income less cost. `sum`: all accounts, which come to nothing where balance accounts were given too. */
export type ComparedMonth = { month: Month; accounts: number; result: Ore; sum: Ore }
export type ComparisonJudgement = { months: ComparedMonth[]; balances: boolean; issues: Issue[] }

/** Judges last year's figures by the chart: what is wrong with each row, and what each month comes to. Sheet and Worker run this same function. */
export function judgeComparison(
  rows: readonly MovementRow[],
  months: readonly Month[],
  books: Pick<Books, 'accounts'>,
): ComparisonJudgement {
  const issues: Issue[] = []
  const known = checkMonthRows(rows, new Set(months), books, (severity, code, pointer, params = {}) =>
    issues.push({ code, severity, pointer, params }),
  )
  const counted = rows.filter((_, at) => known[at])
  const isBalance = ({ account }: MovementRow) => isBalanceAccount(books.accounts.get(account)!.type)
  return {
    issues,
    balances: counted.some((row) => isBalance(row) && Object.values(row.amounts).some((amount) => amount !== 0)),
    months: months.map((month): ComparedMonth => {
      const moved = counted.filter(({ amounts }) => (amounts[month] ?? 0) !== 0)
      const total = (of: readonly MovementRow[]) => of.reduce((sum, { amounts }) => sum + amounts[month]!, 0)
      const result = ore(-total(moved.filter((row) => !isBalance(row))))
      return { month, accounts: moved.length, result, sum: ore(total(moved)) }
    }),
  }
}
