import { demoOpening, demoTakeover } from '#db/seed/demo/takeover.ts'
import { keepComparison } from '#worker/comparison/store.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { bookOpening, type Context } from '#worker/opening-balance/book-opening.ts'
import { saveOpening } from '#worker/opening-balance/save-opening.ts'
import { bookMovements } from '#worker/takeover/book-movements.ts'
import { saveMovements, savePlan } from '#worker/takeover/save-plan.ts'

/** A client whose books are on their way over with an earlier year: opening and movements booked, the open items not all there. */
export async function keepDemoTakeover(ctx: Context, today: IsoDate): Promise<void> {
  const { plan, opening, movements, items } = demoTakeover(today)
  await savePlan(ctx, plan, 0)
  await saveOpening(ctx, plan.openingDate, opening, 0)
  await bookOpening(ctx, plan.openingDate, false)
  await saveMovements(ctx, movements, undefined)
  await bookMovements(ctx, false)
  await saveOpening(ctx, items.day, items.content, 0)
}

/** A client that begins with last year's closing balance: filled in, not in balance, with last year's figures to compare with. */
export async function keepDemoOpening(ctx: Context, today: IsoDate): Promise<void> {
  const { day, content, compared } = demoOpening(today)
  await saveOpening(ctx, day, content, 0)
  await ctx.db.batch([keepComparison(compared, 0, ctx.by, ctx.at)], 'write')
}
