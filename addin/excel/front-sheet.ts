/// <reference types="office-js" />
import { numberText, shownBy } from '#worker/sheets/number-format.ts'
import { type CellValue, textOf } from '../sheet/read-cell.ts'

/** What the sheet in front holds, as its cells show it: a heading may be a day that shows as a month. Undefined for an empty sheet, or `own`. */
export async function readFrontSheet(context: Excel.RequestContext, own: string): Promise<string[][] | undefined> {
  const sheet = context.workbook.worksheets.getActiveWorksheet()
  const used = sheet.getUsedRangeOrNullObject()
  sheet.load('name')
  used.load('values, numberFormat')
  await context.sync()
  if (used.isNullObject || sheet.name === own) return undefined
  const formats = used.numberFormat as string[][]
  const shown = (value: CellValue, format: string | undefined) =>
    typeof value === 'number' ? numberText(textOf(value), shownBy(-1, format), false) : textOf(value)
  return used.values.map((row, r) => row.map((value, c) => shown(value, formats[r]?.[c])))
}
