import { readVoucherTable, type TableReading, writeCells } from '../excel/voucher-table.ts'
import { fileMark } from '../sheet/file-mark.ts'
import { isMoved, repairOf, withKept } from '../sheet/moved-rows.ts'
import { type CellValue, textOf } from '../sheet/read-cell.ts'
import { goneFrom, type Sent } from '../sheet/sent-voucher.ts'
import { type CellChange, settle } from '../sheet/settle.ts'
import { type Court, plainName, type SheetVoucher, vouchersOf } from '../sheet/sheet-voucher.ts'
import { CARRIED, type SheetColumn, voucherColumns } from '../sheet/voucher-columns.ts'
import { stampsIn } from '../sheet/voucher-draft.ts'
import { type Desk, inTurn } from './desk.ts'

/** The sheet read and judged. */
export type Judged = { reading: TableReading; vouchers: readonly SheetVoucher[] }

export const columnsOf = (desk: Desk): readonly SheetColumn[] => voucherColumns([...desk.books.dimensions.values()])

/** Names of the company's own dimensions, by column id. */
export function ownCaptions(desk: Desk): Record<string, string> {
  const nb = desk.locale() === 'nb'
  return Object.fromEntries(
    [...desk.books.dimensions.values()].map((d) => [`dimensions/${d.key}`, nb ? d.nameNb : d.nameEn] as const),
  )
}

const courtOf = (desk: Desk, strict: boolean): Omit<Court, 'others'> => ({
  books: { ...desk.books, stamped: desk.documents },
  rights: desk.rights,
  locale: desk.locale(),
  today: desk.today(),
  workbook: desk.binding.workbook,
  served: desk.served,
  reason: desk.reason(),
  strict,
})

/** Ids of vouchers that were posted from this file, or may have been, and are in none of its voucher sheets. */
export async function missingIn(desk: Desk, judged: Judged | undefined): Promise<string[]> {
  const { ids, numbers } = judged?.reading.others ?? { ids: [], numbers: new Set() }
  const standing = new Set([...(judged?.vouchers.map((v) => v.id) ?? []), ...ids])
  const gone = goneFrom(desk.record.memory, await fileMark(desk.file()), standing)
  return gone.filter(({ name }) => !name || !numbers.has(plainName(name))).map(({ id }) => id)
}

/** Judges what was read. Rows that were emptied since the last reading are judged with what they carried then. */
export async function judge(desk: Desk, reading: TableReading, strict: boolean): Promise<Judged> {
  // What another sheet carried is none of this one's.
  desk.rows = desk.rowsOf === reading.table ? withKept(desk.rows, reading.rows, reading.columns) : reading.rows
  desk.rowsOf = reading.table
  const asked = desk.rows.flatMap(({ cells }) => stampsIn(textOf(cells.document))).filter((s) => !desk.documents.has(s))
  // When nobody answers, or one may not read them, the rows say that they were not found, and are not sent.
  if (asked.length > 0) await (await import('./read-documents.ts')).readDocuments(desk, asked).catch(() => {})
  const court = { ...courtOf(desk, strict), others: reading.others }
  return { reading, vouchers: await vouchersOf(desk.rows, reading.columns, desk.record.memory, court) }
}

/** Works on another voucher sheet from now on, once what is being done is done. */
export const turnTo = (desk: Desk, table: string): Promise<void> =>
  inTurn(desk, async () => {
    desk.table = table
  })

/** Reads the sheet and what was sent from it, and puts back columns that somebody deleted. Undefined without a voucher sheet. */
export async function readSheet(desk: Desk, strict: boolean): Promise<Judged | undefined> {
  const reading = await desk.run(async (context) => {
    await desk.record.read(context)
    const found = await readVoucherTable(context, columnsOf(desk), ownCaptions(desk), desk.table)
    const torn = found?.missing.filter((id) => isOurs(id, columnsOf(desk))) ?? []
    if (!found || torn.length === 0) return found
    const { restoreColumns } = await import('../excel/restore-columns.ts') // seldom needed
    await restoreColumns(context, found.table, torn, columnsOf(desk), desk.locale())
    return readVoucherTable(context, columnsOf(desk), ownCaptions(desk), found.table)
  })
  desk.table = reading?.table
  return reading && judge(desk, reading, strict)
}

const isOurs = (id: string, columns: readonly SheetColumn[]): boolean =>
  columns.some((column) => column.id === id && column.written)

/** How often cells that landed on the wrong rows are put right before one gives up. */
const REPAIRS = 8

/**
 * Shows in the sheet what is known, and reads it again. `extra` is written besides, `news` is remembered in the same breath.
 * `moved`: rows were changed meanwhile; whatever was written on written rows is taken back, and nothing of it counts.
 */
export async function show(
  desk: Desk,
  judged: Judged,
  extra: readonly CellChange[] = [],
  news: readonly Sent[] = [],
  strict = true,
): Promise<Judged & { moved: boolean }> {
  const { reading, vouchers } = judged
  const shown = settle(reading.rows, vouchers, reading.columns, desk.books, desk.locale())
  const instead = new Set(extra.map((change) => `${change.at} ${change.column}`))
  const changes = [...shown.filter((change) => !instead.has(`${change.at} ${change.column}`)), ...extra]
  if (changes.length === 0 && news.length === 0 && !desk.record.owes) return { ...judged, moved: false }
  let after = await write(desk, reading, changes, news)
  const moved = isMoved(reading.rows, after.rows, changes, after.columns)
  if (!moved) {
    const emptied = new Set(
      changes.flatMap(({ at, column, value }) => (column === 'voucherId' && value === '' ? [at] : [])),
    )
    desk.rows = desk.rows.filter(({ at }) => !emptied.has(at)) // on purpose, so that they are known anew
  }
  const mine = new Map<string, Set<CellValue>>()
  let landed: readonly CellChange[] = changes
  for (let attempt = 0; moved && attempt < REPAIRS; attempt++) {
    for (const { column, value } of landed) mine.set(column, (mine.get(column) ?? new Set()).add(value ?? ''))
    await desk.run((context) => desk.record.read(context))
    landed = repairOf(reading.rows, after.rows, mine, after.columns, sentByOthers(desk, extra))
    if (landed.length === 0) break
    after = await write(desk, after, landed, [])
  }
  return { ...(await judge(desk, after, strict)), moved }
}

/** Of what was to be written on rows, that of vouchers which a window beside this one has written down as well. */
function sentByOthers({ record }: Desk, changes: readonly CellChange[]): CellChange[] {
  const rows = new Set(changes.flatMap((c) => (c.column === 'voucherId' && record.isOthers(c.value) ? [c.at] : [])))
  return changes.filter(({ at }) => rows.has(at))
}

const write = (desk: Desk, reading: TableReading, changes: readonly CellChange[], news: readonly Sent[]) =>
  desk.run(async (context) => {
    if (news.length > 0 || desk.record.owes) desk.record.write(context, news)
    const read = await writeCells(context, reading, changes, columnsOf(desk), ownCaptions(desk))
    desk.record.written()
    // After the writing: of two windows that write at once, the one that comes last knows of the other.
    if (news.length > 0) await desk.record.read(context)
    return read
  })

/** Writes down what is known, where no sheet shows it. */
export const remember = (desk: Desk, news: readonly Sent[]): Promise<void> =>
  desk.run(async (context) => {
    desk.record.write(context, news)
    await context.sync()
    desk.record.written()
  })

/** Empties what rows carry, so that they are new vouchers again. */
export const withoutCarried = (rows: Iterable<number>): CellChange[] =>
  [...rows].flatMap((at) => [...CARRIED, 'number' as const].map((column) => ({ at, column, value: '' })))
