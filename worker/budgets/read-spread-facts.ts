import { addMonths } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { BudgetWithMonths } from './budget.ts'
import { readMoved } from './figures-store.ts'
import type { SpreadFacts } from './spread.ts'
import { readSeasons } from './store.ts'

/** What sums are spread by in a budget: each account's movement in the same months a year before, and the company's seasons. */
export async function readSpreadFacts(
  db: Database,
  { months }: Pick<BudgetWithMonths, 'months'>,
): Promise<(account: string) => Omit<SpreadFacts, 'months'>> {
  const before = months.map((month) => addMonths(month, -12))
  const [moved, seasons] = [await readMoved(db, before[0]!, before.at(-1)!, null), await readSeasons(db)]
  const byAccount = new Map<string, number[]>()
  for (const [account, , month, amount] of moved) {
    const amounts = byAccount.get(account) ?? before.map(() => 0)
    amounts[before.indexOf(month as (typeof before)[number])] = amount
    byAccount.set(account, amounts)
  }
  return (account) => ({ lastYear: byAccount.get(account) ?? before.map(() => 0), seasons })
}
