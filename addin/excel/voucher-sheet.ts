/// <reference types="office-js" />
import type { Locale } from '#i18n/format.ts'
import type { Books } from '#worker/ledger/books.ts'
import { addinTexts, captionOf } from '../sheet/sheet-words.ts'
import { formatOf, type SheetColumn } from '../sheet/voucher-columns.ts'
import { columnLetters } from './cell-name.ts'
import { choiceListsOf, offerChoices } from './choice-lists.ts'
import { PAINT, paintMarks, paintWhere } from './mark-cells.ts'
import { isVoucherTable, nthTable, VOUCHER_TABLE } from './voucher-table.ts'

/** Rows that stand ready in a new sheet. */
const ROOM = 20
/** What the sheet is made for. */
export type SheetMaking = {
  columns: readonly SheetColumn[]
  locale: Locale
  own: Record<string, string>
  books: Books
  /** Columns that stay in sight, counted from the left among those that are shown. */
  frozen?: number | undefined
}

/**
 * Makes a voucher sheet: formats first, then values, then the table over them, since rows added one by one are slow. One that is
 * there already is only shown; whoever stands in it gets another beside it. Gives the name of the table.
 */
export async function insertVoucherSheet(context: Excel.RequestContext, making: SheetMaking): Promise<string> {
  const { tables, worksheets } = context.workbook
  const inFront = worksheets.getActiveWorksheet().tables
  tables.load('items/name')
  inFront.load('items/name')
  await context.sync()
  const there = tables.items
    .filter(({ name }) => isVoucherTable(name))
    .sort((a, b) => nthTable(a.name) - nthTable(b.name))
  const [before] = there
  if (before && !inFront.items.some(({ name }) => isVoucherTable(name))) {
    before.worksheet.activate()
    await context.sync()
    return before.name
  }
  const nth = 1 + Math.max(1, ...there.map(({ name }) => nthTable(name)))
  const tableName = before ? `${VOUCHER_TABLE}${nth}` : VOUCHER_TABLE
  const { columns, locale, own } = making
  const name = await freeName(context, addinTexts[locale].sheetName)
  const sheet = worksheets.add(name)
  const width = columns.length
  const body = sheet.getRangeByIndexes(1, 0, ROOM, width)
  body.numberFormat = Array.from({ length: ROOM }, () => columns.map(formatOf))
  sheet.getRangeByIndexes(0, 0, 1, width).numberFormat = [columns.map(() => '@')]
  sheet.getRangeByIndexes(0, 0, 1, width).values = [columns.map(({ id }) => captionOf(id, locale, own))]
  const table = sheet.tables.add(sheet.getRangeByIndexes(0, 0, ROOM + 1, width), true)
  table.name = tableName
  table.style = 'TableStyleLight1'
  for (const [place, column] of columns.entries()) dress(sheet, column, place)
  paint(sheet, making)
  const stays = making.frozen ? columns.flatMap(({ view }, at) => (view ? [] : [at + 1]))[making.frozen - 1] : undefined
  if (stays === undefined) sheet.freezePanes.freezeRows(1)
  else sheet.freezePanes.freezeAt(sheet.getRangeByIndexes(0, 0, 1, stays))
  sheet.activate()
  sheet
    .getRangeByIndexes(
      1,
      columns.findIndex((c) => c.id === 'type'),
      1,
      1,
    )
    .select()
  await offerChoices(context, choiceListsOf(making.books, locale), {
    sheet,
    firstRow: 1,
    rows: ROOM,
    columns: columns.map(({ id }, place) => ({ id, place })),
  })
  return tableName
}

async function freeName(context: Excel.RequestContext, wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} ${n}`
    const sheet = context.workbook.worksheets.getItemOrNullObject(name)
    sheet.load('id')
    await context.sync()
    if (sheet.isNullObject) return name
  }
}

/** Points are what Excel measures columns by here; a character of its standard font is about 5.6 of them. */
const POINTS = 5.6

function dress(sheet: Excel.Worksheet, column: SheetColumn, place: number): void {
  const range = sheet.getRangeByIndexes(0, place, ROOM + 1, 1)
  range.format.columnWidth = Math.round(column.width * POINTS)
  if (column.view) range.columnHidden = true
  const cells = sheet.getRangeByIndexes(1, place, ROOM, 1)
  cells.format.font.color = column.written ? PAINT.quiet.color : PAINT.typed
  if (column.id === 'accountName') cells.format.fill.color = PAINT.quiet.fill
}

/** Colours that follow the rows wherever they are sorted: cells at fault, and a row's state by its status. */
function paint(sheet: Excel.Worksheet, { columns, locale }: SheetMaking): void {
  paintMarks(sheet, columns, 1, ROOM)
  const { states } = addinTexts[locale]
  const status = columns.findIndex(({ id }) => id === 'status')
  const cell = `$${columnLetters(status)}2`
  const looks = {
    error: PAINT.error,
    changed: PAINT.error,
    unknown: PAINT.warning,
    posted: PAINT.proven,
    ready: PAINT.proven,
  } as const
  for (const [state, look] of Object.entries(looks))
    paintWhere(sheet.getRangeByIndexes(1, status, ROOM, 1), `=${cell}="${states[state as keyof typeof states]}"`, look)
}
