import type { Locale } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { monthTitle } from '#web/islands/movements/month-title.ts'
import type { IsoDate, Month } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import { type RegisterKind, type RegisterReading, withMarks } from '../excel/register-table.ts'
import { kronerOf } from '../sheet/excel-value.ts'
import { type CellValue, textOf } from '../sheet/read-cell.ts'
import type { SheetColumn } from '../sheet/voucher-columns.ts'
import { sheetReaders } from './opening-sheet.ts'
import { withOwnKeys } from './row-owners.ts'

export const MOVEMENT_TABLE = 'tblBevegelser'

/** A sheet of accounts down and months across as in the grid, with how each row stands before them. */
export function movementKind(months: readonly Month[], table = MOVEMENT_TABLE): RegisterKind {
  const hidden = { kind: 'text', written: true, view: 'hidden', width: 8 } as const
  const columns: SheetColumn[] = [
    { id: 'status', kind: 'text', written: true, width: 10 },
    { id: 'message', kind: 'text', written: true, width: 32 },
    { id: 'account', kind: 'code', format: '0', width: 9 },
    { id: 'accountName', kind: 'text', written: true, width: 26 },
    ...months.map((month): SheetColumn => ({ id: month, kind: 'amount', width: 13 })),
    { id: 'sum', kind: 'amount', written: true, width: 15 },
    { id: 'rowKey', ...hidden },
    { id: 'opening', ...hidden },
  ]
  const captionsIn = (locale: Locale) => {
    const { captions } = openingTexts[locale]
    const own = ['status', 'message', 'account', 'accountName', 'rowKey', 'opening'] as const
    return {
      ...Object.fromEntries(own.map((id) => [id, captions[id]!])),
      ...Object.fromEntries(months.map((month) => [month, monthTitle(month, locale)])),
      sum: takeoverTexts[locale].sheet.sum,
    }
  }
  return withMarks({ table, columns, captions: { nb: captionsIn('nb'), en: captionsIn('en') } })
}

export type SheetMovement = { at: number; row: MovementRow; unread: { field: Month; text: string }[] }

/**
 * The filled rows of the sheet. A row that was typed or copied gets a new key. Dimensions stand in no column: a row keeps those it is kept
 * with.
 */
export function movementRows(
  reading: RegisterReading,
  months: readonly Month[],
  kept: readonly MovementRow[],
  newId: () => string,
): SheetMovement[] {
  const { amount } = sheetReaders(`${months[0]}-01` as IsoDate)
  const before = new Map(kept.map((row) => [row.rowKey, row]))
  const read = reading.rows.flatMap(({ at, cells }): SheetMovement[] => {
    const account = accountIn(cells.account)
    const unread: SheetMovement['unread'] = []
    const amounts: Record<string, Ore> = {}
    for (const month of months) {
      const found = amount(cells[month] ?? '')
      if ('wrong' in found) unread.push({ field: month, text: found.wrong })
      else if (found.value) amounts[month] = found.value
    }
    if (account === '' && unread.length === 0 && Object.keys(amounts).length === 0) return []
    return [
      { at, row: { rowKey: textOf(cells.rowKey), account: account.slice(0, 70), amounts, dimensions: {} }, unread },
    ]
  })
  const isLine = ({ rowKey, account }: MovementRow) => before.get(rowKey)?.account === account
  return withOwnKeys(read, isLine, newId).map((one) => {
    const dimensions = before.get(one.row.rowKey)?.dimensions ?? {}
    return { ...one, row: { ...one.row, dimensions } }
  })
}

/** An account as it stands in a cell, also with its name or a party behind it. */
export const accountIn = (value: CellValue): string => textOf(value).split(/[\s:]/)[0]!

/** The version of the sheet it was last saved as, told by its rows. Undefined when they tell nothing. */
export function versionOf({ rows }: RegisterReading): number | undefined {
  const told = rows.map(({ cells }) => textOf(cells.opening)).filter((stamp) => /^\d+~*$/.test(stamp))
  return told.length === 0 ? undefined : Math.max(...told.map((stamp) => Number.parseInt(stamp, 10)))
}

/** A row as the cells of the sheet: every month, so that one that no longer moves is emptied. */
export const cellsOfMovement = (
  { rowKey, account, amounts }: MovementRow,
  months: readonly Month[],
  version: number,
): Record<string, CellValue> => ({
  account: /^[1-9]\d{0,14}$/.test(account) ? Number(account) : account,
  ...Object.fromEntries(months.map((month) => [month, amounts[month] ? kronerOf(amounts[month]) : ''])),
  rowKey,
  opening: String(version),
})
