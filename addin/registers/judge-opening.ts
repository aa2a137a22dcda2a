import type { Locale } from '#i18n/format.ts'
import { openingText, openingTexts } from '#i18n/opening-text.ts'
import { withText } from '#i18n/problem-text.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { isError } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { OpeningJudgement } from '#worker/opening-balance/opening-judgement.ts'
import { markChanges } from '../excel/mark-cells.ts'
import {
  newRowKey,
  ofSheet,
  type RegisterChange,
  type RegisterReading,
  registerAddress,
} from '../excel/register-table.ts'
import { textOf } from '../sheet/read-cell.ts'
import type { Marked } from './judge-budget.ts'
import { cellsOfOpening, openingRows, type SheetOpeningRow } from './opening-sheet.ts'
import type { KeptOpening } from './opening-view.ts'

/** An opening sheet as it stands, judged. */
export type JudgedOpening = { reading: RegisterReading; rows: SheetOpeningRow[]; judgement: OpeningJudgement }

/** How the sheet stands: what is booked, and is something else here, is changed, also before it is saved. The order of rows is no matter. */
export function stateOf(
  { rows, openingDate }: Pick<JudgedOpening, 'rows'> & { openingDate: IsoDate },
  kept: KeptOpening | undefined,
  books: Pick<Books, 'dimensions'>,
): KeptOpening['state'] {
  if (kept?.state !== 'booked') return kept?.state ?? 'draft'
  // What is kept is read as a sheet of it is read: another program may have put spaces around a text.
  const cells = kept.rows.map((row) => cellsOfOpening(row, openingDate, kept.version, books))
  const sheet = { rows: cells.map((of, at) => ({ at, cells: of, formulas: {} })) }
  const textIn = (of: readonly SheetOpeningRow[]) =>
    JSON.stringify(
      of
        .map(({ row, unread }) =>
          JSON.stringify([{ ...row, dimensions: Object.entries(row.dimensions).sort() }, unread]),
        )
        .sort(),
    )
  return textIn(rows) === textIn(openingRows(sheet, openingDate, kept.rows, newRowKey)) ? 'booked' : 'changed'
}

/** How each row does, as the cells that do not say it yet, and what must be corrected or noticed. */
export function toldOpening(
  { reading, rows, judgement }: JudgedOpening,
  isBooked: boolean,
  books: Pick<Books, 'accounts'>,
  locale: Locale,
): { changes: RegisterChange[]; wrong: Marked[]; doubtful: Marked[] } {
  const t = openingTexts[locale]
  const [wrong, doubtful]: [Marked[], Marked[]] = [[], []]
  const byRow = Map.groupBy(judgement.issues, ({ pointer }) => Number(/^#\/rows\/(\d+)\//.exec(pointer)?.[1] ?? -1))
  const changes = rows.flatMap(({ at, row, unread }, i): RegisterChange[] => {
    const told = [
      ...unread.map(({ field, key, text }) => ({
        level: 'error' as const,
        field,
        text: openingText(locale, key, { text }),
      })),
      ...(byRow.get(i) ?? []).map((issue) => ({
        level: issue.severity,
        field: issue.pointer.split('/').slice(3).join('/'),
        text: withText(ofSheet(issue, reading, rows), locale).message,
      })),
    ]
    for (const { level, field, text } of told)
      (level === 'error' ? wrong : doubtful).push({ address: registerAddress(reading, at, field) ?? '', text })
    const isWrong = told.some(({ level }) => level === 'error')
    const state = isWrong ? 'error' : told.length > 0 ? 'warning' : isBooked ? 'booked' : 'ready'
    const account = books.accounts.get(row.account)
    const wanted = {
      status: t.rowStates[state],
      message: told.map(({ text }) => text).join(' '),
      accountName: account ? (locale === 'nb' ? account.nameNb : account.nameEn) : '',
    }
    return Object.entries(wanted).flatMap(([column, value]) =>
      textOf(reading.rows[at]!.cells[column]) === value ? [] : [{ at, column, value }],
    )
  })
  for (const issue of byRow.get(-1) ?? [])
    (isError(issue) ? wrong : doubtful).push({ address: '', text: withText(issue, locale).message })
  changes.push(...markChanges(reading, wrong, doubtful))
  return { changes, wrong, doubtful }
}
