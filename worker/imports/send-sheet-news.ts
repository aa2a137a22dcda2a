import { readTakeover } from '#worker/opening-balance/plan-store.ts'
import type { ImportContext } from './import-context.ts'
import type { UndoSteps } from './import-outcome.ts'

/** Tells those who have the sheet open that an import filled it in, or that one was taken back, which is a version `later`: an opening balance, or movements. */
export async function sendSheetNews(ctx: ImportContext, steps: UndoSteps | null, later = 0): Promise<void> {
  if (steps?.of !== 'opening' && steps?.of !== 'movements') return
  const [sheet, id] =
    steps.of === 'opening'
      ? (['opening-balance', steps.date] as const)
      : (['movements', (await readTakeover(ctx.db))?.cutOverDate] as const)
  if (id) await ctx.tellLive({ type: 'sheet', sheet, id, version: steps.version + later })
}
