import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { insertEvents } from '#worker/events/store.ts'
import { insertImportJob, readImportJob } from '#worker/saft/store.ts'
import type { ImportContext } from './import-context.ts'
import { FIELDS } from './import-field.ts'
import { countsOf, isClean, type Run } from './import-outcome.ts'
import { type Opened, openSheetImport } from './open-sheet-import.ts'
import { runRegister } from './run-register.ts'
import { sendSheetNews } from './send-sheet-news.ts'
import { keepMapping, setDone, setTried } from './store.ts'

export type Trial = Omit<Run, 'steps'> & { counts: ReturnType<typeof countsOf>; clean: boolean }
/** What an import of a sheet came to, kept for ever. */
export type SheetReceipt = Omit<Trial, 'clean' | 'questions'> & {
  importJob: string
  register: string
  ledgerVersion: null
  file: { sha256: string; size: number }
}

/** What a dry run stands for: the file, how it is read, and the register. */
const digestOf = ({ sheetImport, layout, chosen }: Opened): Promise<string> =>
  sha256(
    JSON.stringify([
      sheetImport.sha256,
      sheetImport.register,
      chosen.sheets.map((s) => s.name),
      layout.header,
      layout.columns.map((c) => c.field),
      chosen.choices.answers,
      chosen.choices.options,
    ]),
  )

/**
 * Tries an import: what would become of each row. When all is well the import opens, for exactly this reading.
 * @throws Problem 404 import/unknown; 422 import/done; as the register does.
 */
export async function tryImport(ctx: ImportContext, id: string): Promise<{ opened: Opened; trial: Trial }> {
  const opened = await openSheetImport(ctx, id)
  if (opened.sheetImport.state !== 'open') throw new Problem(422, 'import/done')
  const run = await runRegister(ctx, opened.chosen, opened.books, true)
  const clean = isClean(run)
  await ctx.db.execute(setTried(id, clean ? await digestOf(opened) : null))
  return { opened, trial: trialOf(run, opened, clean) }
}

const trialOf = ({ steps: _, ...run }: Run, opened: Opened, clean: boolean): Trial => ({
  ...run,
  told: [...opened.told, ...run.told],
  counts: countsOf(run),
  clean,
})

/**
 * Brings a sheet in, once its dry run has passed; the columns' meaning is remembered for the source. The same again gives the first
 * receipt. What is written stands or falls with the receipt; vouchers and budgets go through their own doors first, and made again
 * they are not doubled.
 * @throws Problem 404 import/unknown; 409 import/not-tried, version/stale; as the register does.
 */
export async function makeImport(
  ctx: ImportContext,
  id: string,
): Promise<{ receipt: SheetReceipt; replayed: boolean }> {
  const opened = await openSheetImport(ctx, id)
  const { sheetImport, layout, chosen } = opened
  if (sheetImport.state !== 'open') {
    const job = await readImportJob(ctx.db, id)
    return { receipt: job!.receipt as SheetReceipt, replayed: true }
  }
  if (sheetImport.tried === null || sheetImport.tried !== (await digestOf(opened)))
    throw new Problem(409, 'import/not-tried')
  const run = await runRegister(ctx, chosen, opened.books, false)
  const { clean: _, questions: __, ...trial } = trialOf(run, opened, true)
  const { sha256: hash, size, fileName, fileKey, register } = sheetImport
  const receipt: SheetReceipt = {
    ...trial,
    importJob: id,
    register,
    ledgerVersion: null,
    file: { sha256: hash, size },
  }
  const { by, at } = ctx
  const columns = Object.fromEntries(layout.columns.map((c, col) => [String(col), c.field]))
  const changes = { rows: [null, run.rows.length] as const }
  try {
    await ctx.db.batch(
      [
        ...(run.statements ?? []),
        insertImportJob({ id, kind: register, fileName, sha256: hash, size, by, recordedAt: at, fileKey, receipt }),
        setDone(id, run.steps),
        ...(FIELDS[register].length === 0
          ? []
          : [keepMapping(layout.source, register, { columns, answers: chosen.choices.answers }, by, at)]),
        insertEvents({ type: 'import.made', at, by, subject: id, changes }),
      ],
      'write',
    )
  } catch (cause) {
    const refusal = refusalOf(cause)
    if (!refusal || refusal.kind === 'full') throw cause
    // Somebody else made it at the same moment: theirs stands, and it was the same.
    const job = await readImportJob(ctx.db, id)
    if (job) return { receipt: job.receipt as SheetReceipt, replayed: true }
    // Or the register is no longer what it was tried on.
    throw new Problem(409, 'version/stale')
  }
  await sendSheetNews(ctx, run.steps)
  return { receipt, replayed: false }
}
