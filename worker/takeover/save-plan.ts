import { firstDay, monthOf, monthsBetween } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { fiscalYearOf } from '#worker/ledger/books.ts'
import { readOpeningBooks } from '#worker/opening-balance/book-opening.ts'
import type { MovementSheet } from '#worker/opening-balance/movement-row.ts'
import { type KeptTakeover, readTakeover } from '#worker/opening-balance/plan-store.ts'
import { readUnfinished } from '#worker/opening-balance/read-part.ts'
import { readOpening } from '#worker/opening-balance/store.ts'
import { checkPlan, itemsDateOf, type TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import { fiscalYearLike } from '#worker/periods/fiscal-year.ts'
import { openFiscalYear } from '#worker/periods/open-fiscal-year.ts'
import { readCalendar } from '#worker/periods/store.ts'
import { deletePlan, keepPlan, keepSheet, readMonthVouchers } from './store.ts'

/**
 * Keeps how the company takes its books over, and opens the fiscal years it needs. What is booked already holds its days and
 * accounts fast; undo that first.
 * @throws Problem 409 version/stale; 422 request/invalid with an issue for each fault, takeover/booked, takeover/finished.
 */
export async function savePlan(ctx: Acting, plan: TakeoverPlan, version: number | undefined): Promise<KeptTakeover> {
  const { db, by, at } = ctx
  const before = await readUnfinished(db)
  checkVersion(version, before?.version ?? 0)
  const issues = checkPlan(plan, await readOpeningBooks(db))
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
  const changes = changesOf(before && planOf(before), plan)
  if (before && Object.keys(changes).length === 0) return before
  if (before && Object.keys(changes).some((field) => field !== 'explanation') && (await isAnythingBooked(db, before)))
    throw new Problem(422, 'takeover/booked')
  await openYears(ctx, plan)
  const event = { type: 'takeover.planned', at, by, subject: plan.cutOverDate, changes }
  const [kept] = await db.batch([keepPlan(plan, before?.version ?? 0, by, at), insertEventsIfChanged(event)], 'write')
  if (kept!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return (await readTakeover(db))!
}

const planOf = (of: TakeoverPlan): TakeoverPlan => ({
  variant: of.variant,
  openingDate: of.openingDate,
  cutOverDate: of.cutOverDate,
  interimCustomers: of.interimCustomers,
  interimSuppliers: of.interimSuppliers,
  inTotal: of.inTotal,
  explanation: of.explanation,
})

/** Whether a voucher stands that the plan led to. */
export async function isAnythingBooked(db: Database, plan: TakeoverPlan): Promise<boolean> {
  for (const day of new Set([plan.openingDate, itemsDateOf(plan)])) {
    const state = (await readOpening(db, day))?.state
    if (state === 'booked' || state === 'changed') return true
  }
  return (await readMonthVouchers(db)).some(({ reversed, contentHash }) => !reversed && contentHash !== null)
}

/** Years before the ones there are, nearest first, and after them. */
async function openYears(ctx: Acting, { openingDate, cutOverDate }: TakeoverPlan): Promise<void> {
  const { years } = await readCalendar(ctx.db)
  const has = (day: typeof openingDate) => fiscalYearOf(day, { fiscalYears: years }) !== undefined
  const months = monthsBetween(monthOf(openingDate), monthOf(cutOverDate))
  const days = months.map((month) => firstDay(month)).filter((day) => !has(day))
  const missing = [...new Map(days.map((day) => fiscalYearLike(years, day)).map((y) => [y.year, y])).values()]
  const first = years[0]?.year ?? Number(cutOverDate.slice(0, 4))
  const [before, after] = [missing.filter((y) => y.year < first).reverse(), missing.filter((y) => y.year >= first)]
  for (const year of [...before, ...after]) await openFiscalYear(ctx, year)
}

/** Forgets a plan that nothing came of. @throws Problem 404 takeover/none; 422 takeover/booked, takeover/finished. */
export async function dropPlan({ db, by, at }: Acting): Promise<void> {
  const plan = await readUnfinished(db)
  if (!plan) throw new Problem(404, 'takeover/none')
  if (await isAnythingBooked(db, plan)) throw new Problem(422, 'takeover/booked')
  const event = { type: 'takeover.dropped', at, by, subject: plan.cutOverDate }
  await db.batch([deletePlan(plan.version), insertEvents(event)], 'write')
}

/**
 * Keeps the sheet of movements as it is filled in, whatever is wrong with it. The ledger is not touched.
 * @throws Problem 404 takeover/none; 409 version/stale; 422 takeover/finished.
 */
export async function saveMovements(
  acting: Acting,
  sheet: MovementSheet,
  version: number | undefined,
): Promise<KeptTakeover> {
  const { before, statements } = await planMovements(acting, sheet, version)
  if (statements.length === 0) return before
  const [kept] = await acting.db.batch(statements, 'write')
  if (kept!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return (await readTakeover(acting.db))!
}

/** What stands, and the statements that keep the new sheet, for the caller's batch; none when it is the same. */
export async function planMovements(
  { db, by, at }: Acting,
  sheet: MovementSheet,
  version: number | undefined,
): Promise<{ before: KeptTakeover; statements: InStatement[] }> {
  const before = await readUnfinished(db)
  if (before?.variant !== 'movements') throw new Problem(404, 'takeover/none')
  checkVersion(version, before.version)
  if (JSON.stringify([before.rows, before.keptMonths]) === JSON.stringify([sheet.rows, sheet.keptMonths]))
    return { before, statements: [] }
  const changes = { rows: [before.rows.length, sheet.rows.length] as const }
  const event = { type: 'takeover.movements-saved', at, by, subject: before.cutOverDate, changes }
  return { before, statements: [keepSheet(sheet, before.version, by, at), insertEventsIfChanged(event)] }
}
