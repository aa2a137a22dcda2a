import { directionOf, signed } from '#worker/budgets/budget-sign.ts'
import { twelveBefore } from '#worker/comparison/comparison.ts'
import { comparisonHas, keepComparison, readComparison } from '#worker/comparison/store.ts'
import { type IsoDate, isoDate, monthOf } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { type Issue, Problem } from '#worker/core/problem.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Books } from '#worker/ledger/books.ts'
import { readMovementTable } from '#worker/sheets/paste-movements.ts'
import type { Chosen, ImportContext } from './import-context.ts'
import type { Run } from './import-outcome.ts'
import { takeMonthRows } from './month-rows.ts'
import { tell } from './sheet-records.ts'
import { signOfMonths } from './sheet-sign.ts'
import { unlessChanged } from './store.ts'

/**
 * Keeps what the previous system moved in the twelve months before a day, to be shown as last year's figures. How income and cost are
 * written is recognised, and asked where the figures do not prove it. The ledger is not touched.
 * @throws Problem 422 request/invalid without a day, sheet/no-rows.
 */
export async function runComparisonImport(
  { db, by, at }: ImportContext,
  { sheets, choices }: Chosen,
  books: Books,
  dryRun: boolean,
): Promise<Run> {
  const date = isoDate(choices.options.date ?? '') as IsoDate | undefined
  if (!date) {
    const issue: Issue = { code: 'field/required', severity: 'error', pointer: '#/options/date', params: {} }
    throw new Problem(422, 'request/invalid', { issues: [issue] })
  }
  const pasted = readMovementTable(sheets[0]!.rows, twelveBefore(date))
  if (!pasted) throw new Problem(422, 'sheet/no-rows')
  const { sign, questions } = signOfMonths(pasted.rows, books, choices.answers.sign)
  const before = await readComparison(db)
  const { rows, after, sum } = takeMonthRows(pasted, before.rows, books, (account, amount) =>
    signed(ore(amount), sign, directionOf(account, books.accounts.get(account)?.type)),
  )
  const changed = rows.some(({ status }) => status === 'new' || status === 'changed')
  const changes = { rows: [before.rows.length, after.length] as const }
  const event = { type: 'comparison.saved', at, by, subject: monthOf(date), changes }
  const saving = changed ? [keepComparison(after, before.version, by, at), insertEvents(event)] : []
  return {
    rows,
    passedOver: [],
    told: [
      tell('comparisonRead', { n: pasted.months.length, from: pasted.months[0]!, to: pasted.months.at(-1)! }),
      tell(`sign-${sign}`),
      ...(pasted.skipped > 0 ? [tell('movementsSkipped', { n: pasted.skipped })] : []),
      ...(pasted.ignored.length > 0 ? [tell('movementsIgnored', { columns: pasted.ignored.join(', ') })] : []),
    ],
    questions,
    sum,
    statements: dryRun ? [] : [unlessChanged(comparisonHas(before.version)), ...saving],
    steps: { of: 'comparison', before: before.rows, version: before.version + (changed ? 1 : 0) },
  }
}
