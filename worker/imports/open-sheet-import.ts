import { exportTexts } from '#i18n/export-texts.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import { readUsualDay } from '#worker/opening-balance/plan-store.ts'
import type { SheetFile } from '#worker/sheets/read-sheet-file.ts'
import type { Chosen, ImportContext } from './import-context.ts'
import { FIELDS, type Register } from './import-field.ts'
import type { Choices, Layout, Told } from './import-reading.ts'
import { readKeptSheet } from './keep-sheet.ts'
import { readImportBooks } from './run-register.ts'
import { kindOfTitles, layoutOf } from './sheet-layout.ts'
import { tell } from './sheet-records.ts'
import { readMappings, readSheetImport, type SheetImport, updateChoices } from './store.ts'

/** A sheet import with its file read: which sheets there are, how the chosen one is laid out, and what is told of the file. */
export type Opened = {
  sheetImport: SheetImport
  file: SheetFile
  sheet: number
  layout: Layout
  chosen: Chosen
  told: Told[]
  books: Books
}

/** Opens a kept sheet for reading. @throws Problem 404 import/unknown; as `readSheetFile`. */
export async function openSheetImport(ctx: Pick<ImportContext, 'env' | 'db'>, id: string): Promise<Opened> {
  const sheetImport = await readSheetImport(ctx.db, id)
  if (!sheetImport) throw new Problem(404, 'import/unknown')
  const [file, books, saved] = await Promise.all([
    readKeptSheet(ctx, sheetImport),
    readImportBooks(ctx.db),
    readMappings(ctx.db, sheetImport.register),
  ])
  const { register, choices } = sheetImport
  const sheet = sheetOf(file, choices)
  const rows = file.sheets[sheet]!.rows
  const columns = new Map([...saved].map(([source, mapping]) => [source, mapping.columns]))
  const layout = layoutOf(rows, register, books, choices, columns)
  const answers = { ...saved.get(layout.source)?.answers, ...choices.answers }
  const sheets =
    register === 'budget' && choices.sheet === null ? file.sheets.filter((s) => !s.hidden) : [file.sheets[sheet]!]
  const options = { ...(await usualOptions(ctx.db, register, layout)), ...choices.options }
  const chosen: Chosen = { source: sheetImport, register, sheets, layout, choices: { ...choices, answers, options } }
  const remembered = saved.has(layout.source) && FIELDS[register].length > 0
  return { sheetImport, file, sheet, layout, chosen, books, told: toldOf(file, sheet, remembered) }
}

/** What holds where nobody chose: the day of the take-over, and whose items the headings say they are. */
async function usualOptions(db: ImportContext['db'], register: Register, layout: Layout): Promise<Choices['options']> {
  if (register !== 'balances' && register !== 'open-items') return {}
  const date = await readUsualDay(db, register === 'open-items')
  const kind = register === 'open-items' && (kindOfTitles(layout.columns.map((c) => c.title)) ?? 'customer')
  return { ...(date && { date }), ...(kind && { kind }) }
}

/** What our own exports stand on, on a sheet beside them: no data of a register. */
const PROOF_SHEETS = new Set([exportTexts.nb.proof, exportTexts.en.proof])

/** The sheet that was chosen; else the one that shows and holds most. */
function sheetOf({ sheets }: SheetFile, { sheet }: Choices): number {
  if (sheet !== null && sheets[sheet]) return sheet
  const filled = (at: number) => sheets[at]!.rows.reduce((n, row) => n + row.filter((cell) => cell !== '').length, 0)
  const shown = sheets.flatMap((s, at) => (s.hidden || PROOF_SHEETS.has(s.name) ? [] : [at]))
  return (shown.length > 0 ? shown : [0]).reduce((a, b) => (filled(b) > filled(a) ? b : a))
}

function toldOf(file: SheetFile, at: number, remembered: boolean): Told[] {
  const { hiddenRows, hiddenColumns, unsolved, name } = file.sheets[at]!
  const hidden = file.sheets.filter((s) => s.hidden).map((s) => s.name)
  const separators: Record<string, string> = { '\t': 'tabulator', ';': ';', ',': ',', '|': '|' }
  return [
    ...(file.kind === 'xlsx' && file.sheets.length > 1 ? [tell('sheetRead', { sheet: name })] : []),
    ...(file.kind === 'text'
      ? [
          tell('textRead', {
            encoding: file.encoding!.toUpperCase(),
            separator: separators[file.separator!] ?? file.separator!,
          }),
        ]
      : []),
    ...(remembered ? [tell('remembered')] : []),
    ...(hidden.length > 0 ? [tell('sheetsHidden', { sheets: hidden.join(', ') })] : []),
    ...(hiddenRows > 0 ? [tell('rowsHidden', { n: hiddenRows })] : []),
    ...(hiddenColumns > 0 ? [tell('columnsHidden', { n: hiddenColumns })] : []),
    ...(unsolved > 0 ? [tell('formulasUnsolved', { n: unsolved }, true)] : []),
  ]
}

/**
 * Keeps what somebody chose of how a sheet is read. The dry run that passed before no longer counts.
 * @throws Problem 404 import/unknown; 409 version/stale; 422 import/done.
 */
export async function changeChoices(
  { db }: Pick<ImportContext, 'db'>,
  id: string,
  change: Partial<Choices> & { register?: SheetImport['register'] | undefined },
): Promise<void> {
  const before = await readSheetImport(db, id)
  if (!before) throw new Problem(404, 'import/unknown')
  if (before.state !== 'open') throw new Problem(422, 'import/done')
  const { register = before.register, ...rest } = change
  const base = register === before.register ? before.choices : { ...before.choices, columns: {}, header: null }
  const choices: Choices = {
    ...base,
    ...(rest.sheet !== undefined && { sheet: rest.sheet, columns: {}, header: null }),
    ...(rest.header !== undefined && { header: rest.header }),
    columns: { ...(rest.sheet === undefined || rest.sheet === base.sheet ? base.columns : {}), ...rest.columns },
    answers: { ...base.answers, ...rest.answers },
    options: { ...base.options, ...rest.options },
  }
  const done = await db.execute(updateChoices({ id, register, choices, version: before.version }))
  if (done.rowsAffected === 0) throw new Problem(409, 'version/stale')
}
