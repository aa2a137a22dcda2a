/// <reference types="office-js" />
import { newSheet } from './new-sheet.ts'
import { layOutPage } from './page-layout.ts'

const FORMATS = { text: '@', day: 'dd.mm.yyyy', amount: '#,##0.00', count: '0', share: '0.0%' } as const
export type ListColumn = keyof typeof FORMATS
const WIDTHS: Record<ListColumn, number> = { text: 110, day: 70, amount: 84, count: 36, share: 60 }

/** A list for a sheet of its own; `foot` says what it was drawn from. */
export type ListSheet = {
  name: string
  captions: readonly string[]
  columns: readonly ListColumn[]
  rows: readonly (readonly (string | number)[])[]
  foot: string
}
const ROWS_AT_A_TIME = 10_000

/** Writes a list to a new sheet as a table. Gives the sheet’s name. */
export async function writeListSheet(
  context: Excel.RequestContext,
  { name, captions, columns, rows, foot }: ListSheet,
): Promise<string> {
  const [sheet] = await newSheet(context, name)
  sheet.load('name')
  const all = [captions, ...rows] as (string | number)[][]
  for (let from = 0; from < all.length; from += ROWS_AT_A_TIME) {
    const some = all.slice(from, from + ROWS_AT_A_TIME)
    const area = sheet.getRangeByIndexes(from, 0, some.length, columns.length)
    area.numberFormat = some.map((_, i) => columns.map((column) => (from + i === 0 ? '@' : FORMATS[column])))
    area.values = some
    await context.sync()
  }
  const table = sheet.tables.add(sheet.getRangeByIndexes(0, 0, Math.max(2, all.length), columns.length), true)
  table.style = 'TableStyleLight1'
  const line = sheet.getRangeByIndexes(Math.max(2, all.length) + 1, 0, 1, 1)
  line.numberFormat = [['@']]
  line.values = [[foot]]
  for (const [at, column] of columns.entries())
    sheet.getRangeByIndexes(0, at, all.length, 1).format.columnWidth = WIDTHS[column]
  sheet.freezePanes.freezeRows(1)
  sheet.activate()
  await context.sync()
  await layOutPage(
    context,
    sheet,
    columns.map((column) => WIDTHS[column]),
  )
  return sheet.name
}
