/// <reference types="office-js" />

/** Cells read at a time: an answer of Excel's may be no larger than 5 MB. */
const CELLS = 40_000

/**
 * Which of the keys stand in a row of the workbook that says one of their marks as well, whatever the sheet is and however it is hidden.
 * Excel's own search passes hidden columns by.
 */
export async function findRows(
  context: Excel.RequestContext,
  marksOf: ReadonlyMap<string, readonly unknown[]>,
): Promise<Set<string>> {
  const { worksheets } = context.workbook
  worksheets.load('items/name')
  await context.sync()
  const sheets = worksheets.items.map((sheet) => {
    const used = sheet.getUsedRangeOrNullObject(true)
    used.load('rowIndex, columnIndex, rowCount, columnCount')
    return { sheet, used }
  })
  await context.sync()
  const found = new Set<string>()
  for (const { sheet, used } of sheets) {
    if (used.isNullObject) continue
    const { rowIndex, columnIndex, rowCount, columnCount } = used
    const rows = Math.max(1, Math.floor(CELLS / columnCount))
    for (let from = 0; from < rowCount; from += rows) {
      const part = sheet.getRangeByIndexes(rowIndex + from, columnIndex, Math.min(rows, rowCount - from), columnCount)
      part.load('values')
      await context.sync()
      for (const row of part.values)
        for (const value of row) if (marksOf.get(value)?.some((mark) => row.includes(mark))) found.add(value)
    }
  }
  return found
}
