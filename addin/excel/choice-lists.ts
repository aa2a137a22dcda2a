/// <reference types="office-js" />
import type { Locale } from '#i18n/format.ts'
import { vatModeWords } from '#i18n/vat-mode-text.ts'
import type { Books } from '#worker/ledger/books.ts'
import { columnLetters } from './cell-name.ts'

/** A list in a cell holds 255 characters at most: these stand in a sheet of their own that nobody sees. */
const SHEET = '_Hovedbok'

/** So many are written in one request, which holds 5 MB at most. */
const ROWS_AT_A_TIME = 5_000

/** What cells of a column choose from: "1920 Bankinnskudd", of which the number or code counts. By the column's id. */
export type ChoiceLists = Readonly<Record<string, readonly string[]>>

/** The chart, the parties and all else that has a register, as lists. What is closed or inactive is left out. */
export function choiceListsOf(books: Books, locale: Locale): ChoiceLists {
  const named = (of: { nameNb: string; nameEn: string }) => (locale === 'nb' ? of.nameNb : of.nameEn)
  const accounts = [...books.accounts.values()]
    .filter(({ closedFrom }) => closedFrom === null)
    .map((account) => `${account.number} ${named(account)}`)
  const types = [...books.voucherTypes.values()].filter(({ active }) => active)
  return {
    type: [...new Set(types.map((type) => `${type.series} ${named(type)}`))],
    account: accounts,
    contraAccount: accounts,
    vatCode: [...books.vatCodes.values()].map((vat) => `${vat.code} ${named(vat)}`),
    vatMode: Object.values(vatModeWords[locale]),
    party: [...books.parties.values()].filter(({ active }) => active).map(({ number, name }) => `${number} ${name}`),
    ...Object.fromEntries(
      [...books.dimensions.values()].map(({ key, values }) => [
        `dimensions/${key}`,
        values.filter(({ closedFrom }) => closedFrom === null).map(({ code, name }) => `${code} ${name}`),
      ]),
    ),
  }
}

/** Columns of a sheet that choose from lists; places are zero-based in the sheet. */
export type ListedColumns = {
  sheet: Excel.Worksheet
  firstRow: number
  rows: number
  columns: readonly { id: string; place: number }[]
}

/**
 * Writes the lists, and lets the columns choose from them. They offer and do not refuse: what is pasted passes them anyway, and the
 * rules say it better.
 */
export async function offerChoices(
  context: Excel.RequestContext,
  lists: ChoiceLists,
  { sheet, firstRow, rows, columns }: ListedColumns,
): Promise<void> {
  const { worksheets } = context.workbook
  const before = worksheets.getItemOrNullObject(SHEET)
  before.load('id')
  await context.sync()
  const hidden = before.isNullObject ? worksheets.add(SHEET) : before
  hidden.visibility = 'VeryHidden' as Excel.SheetVisibility
  // Each list has a place of its own, whatever sheet it is written for.
  const all = [...new Set(Object.values(lists))]
  for (const [at, list] of all.entries()) {
    if (list.length === 0) continue
    hidden.getRangeByIndexes(0, at, list.length, 1).numberFormat = '@' as never
    for (let from = 0; from < list.length; from += ROWS_AT_A_TIME) {
      const some = list.slice(from, from + ROWS_AT_A_TIME)
      hidden.getRangeByIndexes(from, at, some.length, 1).values = some.map((item) => [item])
      await context.sync()
    }
  }
  for (const { id, place } of columns) {
    const list = lists[id]
    if (!list || list.length === 0) continue
    const letters = columnLetters(all.indexOf(list))
    const { dataValidation } = sheet.getRangeByIndexes(firstRow, place, rows, 1)
    dataValidation.rule = {
      list: { inCellDropDown: true, source: `=${SHEET}!$${letters}$1:$${letters}$${list.length}` },
    }
    dataValidation.errorAlert = { showAlert: false, message: '', style: 'Information' as never, title: '' }
  }
  await context.sync()
}
