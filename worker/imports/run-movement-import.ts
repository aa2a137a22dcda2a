import { Problem } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import { readTakeover } from '#worker/opening-balance/plan-store.ts'
import { readOpening } from '#worker/opening-balance/store.ts'
import { movementMonthsOf } from '#worker/opening-balance/takeover-plan.ts'
import { readMovementTable } from '#worker/sheets/paste-movements.ts'
import { judgeMovements, openingSums } from '#worker/takeover/movement-judgement.ts'
import { planMovements } from '#worker/takeover/save-plan.ts'
import { takeoverHas } from '#worker/takeover/store.ts'
import type { Chosen, ImportContext } from './import-context.ts'
import type { Run } from './import-outcome.ts'
import type { Told } from './import-reading.ts'
import { takeMonthRows } from './month-rows.ts'
import { tell } from './sheet-records.ts'
import { unlessChanged } from './store.ts'

/**
 * Puts movements per month into the sheet of the take-over, where they are looked over and booked. An account that has a row there
 * gets the months of this sheet; months that look like balances are told here and refused when they are booked.
 * @throws Problem 404 takeover/none; 422 sheet/no-rows, takeover/finished; 409 version/stale.
 */
export async function runMovementImport(
  ctx: ImportContext,
  { sheets }: Chosen,
  books: Books,
  dryRun: boolean,
): Promise<Run> {
  const plan = await readTakeover(ctx.db)
  if (plan?.variant !== 'movements') throw new Problem(404, 'takeover/none')
  const months = movementMonthsOf(plan, books).map(({ month }) => month)
  const pasted = readMovementTable(sheets[0]!.rows, months)
  if (!pasted) throw new Problem(422, 'sheet/no-rows')
  const { rows, after, sum } = takeMonthRows(pasted, plan.rows, books)
  const sheet = { rows: after, keptMonths: plan.keptMonths }
  const opening = await readOpening(ctx.db, plan.openingDate)
  const judged = judgeMovements(sheet, plan, openingSums(opening?.rows ?? [], books), books)
  const cumulative = judged.months.filter((m) => m.cumulative && !m.kept).map((m) => m.month)
  const told: Told[] = [
    tell('movementsRead', { n: pasted.months.length }),
    ...(pasted.skipped > 0 ? [tell('movementsSkipped', { n: pasted.skipped })] : []),
    ...(pasted.ignored.length > 0 ? [tell('movementsIgnored', { columns: pasted.ignored.join(', ') })] : []),
    ...(cumulative.length > 0 ? [tell('movementsCumulative', { months: cumulative.join(', ') }, true)] : []),
    ...(sum === 0 ? [] : [tell('movementsSum', { sum }, true)]),
  ]
  const saving = dryRun ? [] : (await planMovements(ctx, sheet, plan.version)).statements
  const before = { rows: plan.rows, keptMonths: plan.keptMonths }
  const steps = { of: 'movements' as const, before, version: plan.version + (saving.length > 0 ? 1 : 0) }
  const statements = dryRun ? [] : [unlessChanged(takeoverHas(plan.version)), ...saving]
  return { rows, passedOver: [], told, questions: [], sum, steps, statements }
}
