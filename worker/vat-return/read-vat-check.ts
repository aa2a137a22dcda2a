import type { IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import type { Database } from '#worker/database/connect.ts'
import { vatAccounts, vatAccountsOf } from './store.ts'

/**
 * Whether the VAT accounts are what the VAT specification says of some days, in øre: what parts them beside settlements, and beside
 * documents of one term that were booked in another, was entered on an account without a VAT code. None where no VAT account moved.
 * It reads the entries of the VAT accounts in the days, so it stands under a report, and not in the figures of one.
 */
export async function readVatCheck(
  db: Database,
  { fromDate, toDate, atVersion }: { fromDate: string; toDate: string; atVersion: number },
) {
  const days = { fromDate: fromDate as IsoDate, toDate: toDate as IsoDate }
  const rows = vatAccountsOf(await db.execute(vatAccounts(days, { atVersion })))
  if (rows.length === 0) return undefined
  const parting = rows.map((row) => ({
    account: row.account,
    amount: row.booked - row.settled - (row.specified - row.later + row.earlier),
  }))
  const specified = rows.reduce((sum, row) => sum + row.specified, 0)
  const failing = parting.filter(({ amount }) => amount !== 0)
  return {
    key: 'vat-accounts-equal-specification',
    holds: failing.length === 0,
    amount: ore(specified),
    difference: ore(failing.reduce((sum, { amount }) => sum + Math.abs(amount), 0)),
    accounts: (failing.length > 0 ? failing : rows).map(({ account }) => account),
  }
}
