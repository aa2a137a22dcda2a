import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import type { Database } from '#worker/database/connect.ts'
import { type DueSum, readDueSums } from '#worker/subledger/store.ts'
import { type DueAmount, liquidityOf } from './liquidity.ts'
import type { Question } from './question-store.ts'
import { readFinancialStatement } from './read-financial-statement.ts'
import { readDayInYears } from './statement-store.ts'

/**
 * Cash on a day, and what open items bring in and take out week by week after it, in øre. Cash is the balance sheet's line
 * for it; open items are those of the same state of the books, and sum to the control accounts.
 * @throws Problem 422 request/invalid: an unknown version, or a day outside every fiscal year.
 */
export async function readLiquidity(db: Database, q: Question, weeks: number) {
  const day = q.toDate ?? (await readDayInYears(db, q.today))
  const known = { asKnownAt: q.asKnownAt, atVersion: q.atVersion }
  const sheet = await readFinancialStatement(
    db,
    { ...known, fromDate: day, toDate: day, today: q.today, filter: { dimensions: {} } },
    { statement: 'balance', columns: 'closing', includeZero: true },
  )
  const at = { atVersion: sheet.atVersion, asAtDate: day }
  const customers = await readDueSums(db, { ...at, asKnownAt: q.asKnownAt, kind: 'customer' })
  const { knownAt } = customers // a match that is made meanwhile is of neither
  const suppliers = await readDueSums(db, { ...at, asKnownAt: knownAt ?? undefined, kind: 'supplier' })
  const line = sheet.lines.find(({ key }) => key === 'cash')
  const cash = line?.amounts[0] ?? 0
  const { spans, lowest } = liquidityOf(cash, dueOf(customers.sums, suppliers.sums), day, weeks)
  const { ledgerVersion, atVersion, chainHead } = sheet
  const checkOf = (kind: string, { sums, control }: { sums: readonly DueSum[]; control: number }) => {
    const open = sums.reduce((total, { rest }) => total + rest, 0)
    return {
      key: 'open-items-equal-control',
      kind,
      holds: open === control,
      amount: ore(control),
      difference: ore(open - control),
    }
  }
  return {
    report: 'liquidity',
    ledgerVersion,
    atVersion,
    chainHead,
    knownAt,
    fromDate: day,
    toDate: addDays(day, 7 * weeks - 1),
    cash: ore(cash),
    accounts: (line?.accounts ?? [])
      .filter(({ amounts }) => amounts[0] !== 0)
      .map(({ account, nameNb, nameEn, amounts }) => ({ account, nameNb, nameEn, amount: ore(amounts[0] ?? 0) })),
    spans,
    lowest,
    checks: [checkOf('customer', customers), checkOf('supplier', suppliers)],
  }
}

export type Liquidity = Awaited<ReturnType<typeof readLiquidity>>

/** Customers' debit and suppliers' credit; a credit note or prepayment counts against its own side. */
function dueOf(customers: readonly DueSum[], suppliers: readonly DueSum[]): DueAmount[] {
  const side = (sums: readonly DueSum[], of: (rest: number) => Omit<DueAmount, 'dueDate'>): DueAmount[] =>
    sums.map(({ dueDate, rest }) => ({ dueDate: dueDate as IsoDate, ...of(rest) }))
  return [...side(customers, (rest) => ({ in: rest, out: 0 })), ...side(suppliers, (rest) => ({ in: 0, out: -rest }))]
}
