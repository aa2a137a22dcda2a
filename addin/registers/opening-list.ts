import type { Locale } from '#i18n/format.ts'
import { openingText } from '#i18n/opening-text.ts'
import { sheetToldText } from '#i18n/sheet-import-text.ts'
import type { PastedOpening } from '#web/islands/opening/paste-opening.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { kronerOf, serialOf } from '../sheet/excel-value.ts'
import { type CellValue, readAmountCell, readDayCell } from '../sheet/read-cell.ts'

/** A list of the old system's as the pane tells of it: how it was read, and what must be answered before any of it is taken. */
export type OpeningListView = {
  says: readonly string[]
  asked: { of: string; text: string; choices: readonly { value: string; text: string }[] } | undefined
}

export function openingListView({ told, questions: [question] }: PastedOpening, locale: Locale): OpeningListView {
  return {
    says: told.map((one) => ('of' in one ? sheetToldText(one, locale) : openingText(locale, one.key, one.params))),
    asked: question && {
      of: question.of,
      text: sheetToldText(question.text, locale),
      choices: question.choices.map(({ value, text }) => ({ value, text: sheetToldText(text, locale) })),
    },
  }
}

/** A row as it is typed in the grid, as the cells of the sheet; what cannot be read stands as it was. */
export const cellsOfTyped = (typed: Readonly<Record<string, string>>, near: IsoDate): [string, CellValue][] =>
  Object.entries(typed).map(([field, text]) => {
    if (field === 'amount' || field === 'currencyAmount') {
      const read = readAmountCell(text)
      return [field, read.kind === 'value' ? kronerOf(read.value) : text]
    }
    if (field === 'invoiceDate' || field === 'dueDate') {
      const read = readDayCell(text, near)
      return [field, read.kind === 'value' ? serialOf(read.value) : text]
    }
    return [field, field === 'account' && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : text]
  })
