import { directionOf } from '#worker/budgets/budget-sign.ts'
import type { Facts } from '#worker/ledger/books.ts'
import { lineRefOf } from '#worker/reports/line-ref.ts'
import type { ReportLayout } from '#worker/reports/report-layout.ts'
import { accountRangeOf, holds } from '#worker/reports/report-query.ts'
import type { FunctionRuntime } from './function-runtime.ts'

/** +1 where what is asked for is expected in debit, −1 where in credit: by that it is multiplied to be shown naturally. */
export type SignOf = (account: string) => 1 | -1

/**
 * The natural sign as the company’s own chart tells it: an account by its type, a range by the first account in it, a line of a
 * report by the side it is shown on.
 */
export async function readNaturalSigns(runtime: FunctionRuntime, company: string, asked: unknown): Promise<SignOf> {
  const wantsLines = String(asked).includes('@')
  const [{ accounts }, { layouts }] = await Promise.all([
    runtime.facts(company),
    wantsLines
      ? runtime.read<{ layouts: ReportLayout[] }>(company, 'report-layouts', { atVersion: undefined })
      : { layouts: [] },
  ])
  return (account) => sideOfLine(account, layouts) ?? directionIn(account, accounts)
}

function sideOfLine(account: string, layouts: readonly ReportLayout[]): 1 | -1 | undefined {
  const ref = lineRefOf(account)
  const line =
    ref &&
    layouts
      .filter(({ key }) => ref.layout === undefined || key === ref.layout)
      .flatMap(({ lines }) => lines)
      .find(({ key }) => key === ref.line)
  return line && (line.side === 'credit' ? -1 : 1)
}

function directionIn(account: string, accounts: Facts['accounts']): 1 | -1 {
  const range = accountRangeOf(account)
  const first = range && accounts.find(({ number }) => holds(range, number))
  return directionOf(first?.number ?? account, first?.type)
}
