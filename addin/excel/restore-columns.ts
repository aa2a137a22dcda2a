/// <reference types="office-js" />
import type { Locale } from '#i18n/format.ts'
import { captionOf } from '../sheet/sheet-words.ts'
import { formatOf, type SheetColumn } from '../sheet/voucher-columns.ts'

/** Puts back columns of ours that somebody deleted, empty, at the right edge of the table. */
export async function restoreColumns(
  context: Excel.RequestContext,
  name: string,
  ids: readonly string[],
  columns: readonly SheetColumn[],
  locale: Locale,
): Promise<void> {
  const table = context.workbook.tables.getItem(name)
  for (const id of ids) {
    const column = columns.find((c) => c.id === id)!
    const made = table.columns.add(undefined, undefined, captionOf(id, locale))
    made.getDataBodyRange().numberFormat = formatOf(column) as never
    if (column.view) made.getRange().columnHidden = true
  }
  await context.sync()
}
