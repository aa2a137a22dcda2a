import { fill, type Locale } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { type RegisterReading, registerAddress } from '../excel/register-table.ts'
import { textOf } from '../sheet/read-cell.ts'
import type { Marked } from './judge-budget.ts'

/** The filled rows of a sheet that came from what is kept, or were read into it, and are not kept: a colleague removed them. */
export function onlyHere<Row extends { at: number }>(
  { reading, rows }: { reading: RegisterReading; rows: readonly Row[] },
  kept: readonly { rowKey: string }[],
): Row[] {
  const keys = new Set(kept.map(({ rowKey }) => rowKey))
  return rows.filter(({ at }) => {
    const { rowKey, opening } = reading.rows[at]!.cells
    return textOf(rowKey) !== '' && textOf(opening) !== '' && !keys.has(textOf(rowKey))
  })
}

/** Such a row as the pane tells of it. */
export const leftHere = (reading: RegisterReading, at: number, name: string, locale: Locale): Marked => ({
  address: registerAddress(reading, at, 'account') ?? '',
  text: fill(takeoverTexts[locale].sheet.onlyHere, { name }, locale),
})
