/// <reference types="office-js" />

/** Where the user stands, zero-based. */
export async function readPlace(
  context: Excel.RequestContext,
): Promise<{ sheet: string; row: number; column: number }> {
  const cell = context.workbook.getActiveCell()
  cell.load('rowIndex, columnIndex')
  cell.worksheet.load('name')
  await context.sync()
  return { sheet: cell.worksheet.name, row: cell.rowIndex, column: cell.columnIndex }
}
