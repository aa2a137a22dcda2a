/// <reference types="office-js" />

import { fill, type Locale, voucherName, whole } from '#i18n/format.ts'
import { lastDay } from '#worker/core/dates.ts'
import { blockTexts } from '../audit/block-texts.ts'
import { writeListSheet } from '../excel/list-sheet.ts'
import type { SelectedCell } from '../excel/selected-cell.ts'
import { kronerOf, serialOf } from '../sheet/excel-value.ts'
import type { Drilled } from './drill-down.ts'

/** Writes the entries behind a cell to a sheet of their own, with their sum. Gives the sheet's name. */
export function writeEntries(
  context: Excel.RequestContext,
  { address, formula }: SelectedCell,
  { opening, budget, lines, sum, atVersion, account, share, more }: Drilled,
  locale: Locale,
): Promise<string> {
  const block = blockTexts[locale]
  const { sheetNames } = blockTexts[locale]
  const rows = lines.map((line) => [
    serialOf(line.voucherDate),
    voucherName(line),
    line.account ?? account,
    line.text,
    kronerOf(line.amount),
  ])
  const first = opening === 0 ? [] : [['', '', '', block.opening, kronerOf(opening)]]
  const budgeted = budget.map(({ month, amount }) => [
    serialOf(lastDay(month)),
    '',
    account,
    block.budget,
    kronerOf(amount),
  ])
  const params = { address, formula: formula.replace(/^=/, ''), version: whole(atVersion ?? 0, locale) }
  return writeListSheet(context, {
    name: sheetNames.entries,
    captions: block.columns.entries,
    columns: ['day', 'text', 'text', 'text', 'amount'],
    rows: [...first, ...budgeted, ...rows, ['', '', '', block.total, kronerOf(sum)]],
    foot: fill(share || more > 0 ? block.entriesFoot : `${block.entriesFoot} ${block.sumIsCell}`, params, locale),
  })
}
