import type { IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { isBalanceAccount } from '#worker/ledger/account.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { readTrialBalance, type TrialBalance } from '#worker/reports/read-trial-balance.ts'
import { type Check, Finding, isFault } from './check.ts'
import { readFirstDateAfter, readFirstDayMovements } from './store.ts'

type Asked = { since: number; atVersion: number; today: IsoDate }

/**
 * What a year opens with is what the year before closed with, and income and cost open at 0 (19). By the trial balance that
 * the reports give, so that they are checked too. Opening balances that were posted on the first day are added. Of what came `since` a
 * ledger version: the years from the first that it came into.
 */
export async function checkOpenings(
  db: Database,
  years: readonly FiscalYear[],
  { since, atVersion, today }: Asked,
): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(19, 'openings-are-closings')
  const report = ({ firstDate, lastDate }: FiscalYear): Promise<TrialBalance> =>
    readTrialBalance(db, { fromDate: firstDate, toDate: lastDate, atVersion, filter: { dimensions: {} }, today }, true)
  await walk().catch((error) => {
    if (!isFault(error)) throw error
    finding.fails(error)
  })
  return finding.check(performance.now() - began)

  async function walk() {
    const first = since === 0 ? '' : since < atVersion && (await readFirstDateAfter(db, since))
    if (first === false) return
    // The year before the first is read for what it closed with, and not judged.
    const begin = Math.max(0, years.findIndex(({ lastDate }) => lastDate >= first) - 1)
    let before: Map<string, number> | undefined
    for (const [i, year] of years.slice(begin).entries()) {
      const { rows } = await report(year)
      if (i > 0 || begin === 0) {
        const posted = await readFirstDayMovements(db, year.firstDate, atVersion)
        finding.read(rows.length)
        for (const { account, type, opening } of rows) {
          const expected = (isBalanceAccount(type) ? (before?.get(account) ?? 0) : 0) + (posted.get(account) ?? 0)
          if (opening !== expected) finding.offends({ year: year.year, account, opening, expected })
        }
      }
      before = new Map(rows.map((row) => [row.account, row.closing]))
    }
  }
}
