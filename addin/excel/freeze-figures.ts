/// <reference types="office-js" />
import { fill, type Locale, moment, whole } from '#i18n/format.ts'
import { blockTexts } from '../audit/block-texts.ts'
import { isFailed } from '../sheet/read-cell.ts'
import { cellName } from './cell-name.ts'
import { findFigureCells } from './figure-cells.ts'
import { writeListSheet } from './list-sheet.ts'

/** How many cells are worked on between two syncs. */
const AT_A_TIME = 500

/** What is told of the freezing, in the list of what was frozen. `version` is of the figures, where any were drawn. */
export type Freezing = { at: string; user: string; version: number | undefined; locale: Locale }
export type Frozen = { frozen: number; left: number }

/**
 * Puts the values in place of the formulas, arrays included, each text in a text cell: a KID keeps its zeros, and what begins
 * with = stays a text. What shows no figure keeps its formula, and so does an array in which any cell does: a list that was cut. What each cell was stands in a sheet of its own
 * afterwards. Gives how many cells were frozen, and how many were left.
 */
export async function freezeFigures(context: Excel.RequestContext, freezing: Freezing): Promise<Frozen> {
  let frozen = 0
  let left = 0
  const list: (string | number)[][] = []
  for (const { sheet, cells } of await findFigureCells(context)) {
    const worksheet = context.workbook.worksheets.getItem(sheet)
    const shown = cells.filter(({ value }) => !isFailed(value as string))
    left += cells.length - shown.length
    for (let from = 0; from < shown.length; from += AT_A_TIME) {
      const some = shown.slice(from, from + AT_A_TIME).map((of) => {
        const cell = worksheet.getRangeByIndexes(of.row, of.column, 1, 1)
        const spill = cell.getSpillingToRangeOrNullObject()
        spill.load('values, rowIndex, columnIndex, rowCount, columnCount')
        return { cell, spill, of }
      })
      await context.sync()
      for (const { cell, spill, of } of some) {
        const values = spill.isNullObject ? [[of.value]] : spill.values
        if (values.some((row) => row.some((value) => isFailed(value)))) {
          left++
          continue
        }
        const { rowIndex, columnIndex, rowCount, columnCount } = spill.isNullObject
          ? { rowIndex: of.row, columnIndex: of.column, rowCount: 1, columnCount: 1 }
          : spill
        if (!spill.isNullObject) cell.clear('Contents' as Excel.ClearApplyTo)
        const place = worksheet.getRangeByIndexes(rowIndex, columnIndex, rowCount, columnCount)
        // A format that is null is left as it is.
        place.numberFormat = values.map((row) => row.map((value) => (isText(value) ? '@' : null)))
        place.values = values
        frozen += rowCount * columnCount
        const address = cellName(of.row, of.column)
        const end =
          rowCount * columnCount > 1 ? `:${cellName(rowIndex + rowCount - 1, columnIndex + columnCount - 1)}` : ''
        list.push([sheet, `${address}${end}`, of.formula, String(of.value)])
      }
      await context.sync()
    }
  }
  if (list.length > 0) await writeFrozen(context, list, freezing)
  return { frozen, left }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

function writeFrozen(context: Excel.RequestContext, rows: (string | number)[][], freezing: Freezing): Promise<string> {
  const { at, user, version, locale } = freezing
  const texts = blockTexts[locale]
  const params = { at: moment(at), user, version: version === undefined ? undefined : whole(version, locale) }
  return writeListSheet(context, {
    name: texts.sheetNames.frozen,
    captions: texts.frozen.columns,
    columns: ['text', 'text', 'text', 'text'],
    rows,
    foot: fill(texts.frozen.foot, params, locale),
  })
}
