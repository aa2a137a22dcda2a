import { fill, type Locale } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { withText } from '#i18n/problem-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { Month } from '#worker/core/dates.ts'
import { type Issue, isError } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import { textOfMonthRows } from '#worker/opening-balance/month-rows.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import { markChanges } from '../excel/mark-cells.ts'
import { ofSheet, type RegisterChange, type RegisterReading, registerAddress } from '../excel/register-table.ts'
import { textOf } from '../sheet/read-cell.ts'
import { sumFormula } from './budget-sheet.ts'
import type { Marked } from './judge-budget.ts'
import type { SheetMovement } from './movement-sheet.ts'

/** A sheet of accounts and months as it stands; `version` is the one it was last saved as. */
export type ReadMonths = { reading: RegisterReading; version: number; rows: SheetMovement[] }
export type ToldMonths = { changes: RegisterChange[]; wrong: Marked[]; doubtful: Marked[] }

/** How each row does, as the cells that do not say it yet. A row that nothing is told of is as `atRest` says. */
export function toldMonths(
  { reading, rows }: ReadMonths,
  issues: readonly Issue[],
  atRest: string,
  months: readonly Month[],
  books: Pick<Books, 'accounts'>,
  locale: Locale,
): ToldMonths {
  const [wrong, doubtful]: [Marked[], Marked[]] = [[], []]
  const byRow = Map.groupBy(issues, ({ pointer }) => Number(/^#\/rows\/(\d+)\//.exec(pointer)?.[1] ?? -1))
  const changes = rows.flatMap(({ at, row, unread }, i): RegisterChange[] => {
    const told = [
      ...unread.map(({ field, text }) => ({
        level: 'error' as const,
        field: field as string,
        text: fill(takeoverTexts[locale].sheet.unreadable, { text }, locale),
      })),
      ...(byRow.get(i) ?? []).map((issue) => ({
        level: issue.severity,
        field: issue.pointer.split('/').at(-1)!,
        text: withText(ofSheet(issue, reading, rows), locale).message,
      })),
    ]
    for (const { level, field, text } of told)
      (level === 'error' ? wrong : doubtful).push({ address: registerAddress(reading, at, field) ?? '', text })
    const { error, warning } = openingTexts[locale].rowStates
    const isWrong = told.some(({ level }) => level === 'error')
    const account = books.accounts.get(row.account)
    const wanted = {
      status: isWrong ? error : told.length > 0 ? warning : atRest,
      message: told.map(({ text }) => text).join(' '),
      accountName: account ? (locale === 'nb' ? account.nameNb : account.nameEn) : '',
    }
    const sum = sumFormula(at, months, reading)
    const isSummed = String(reading.rows[at]!.formulas.sum ?? '').startsWith('=')
    return [
      ...Object.entries(wanted).flatMap(([column, value]) =>
        textOf(reading.rows[at]!.cells[column]) === value ? [] : [{ at, column, value }],
      ),
      ...(isSummed ? [] : [{ at, column: 'sum', value: sum, isFormula: true } as const]),
    ]
  })
  for (const issue of byRow.get(-1) ?? [])
    (isError(issue) ? wrong : doubtful).push({ address: '', text: withText(issue, locale).message })
  changes.push(...markChanges(reading, wrong, doubtful))
  return { changes, wrong, doubtful }
}

/** Whether the sheet holds what is kept. */
export const isKept = ({ rows }: Pick<ReadMonths, 'rows'>, kept: readonly MovementRow[]): boolean =>
  textOfMonthRows(rows.map(({ row }) => row)) === textOfMonthRows(kept)

/** Months that the sheet has no column for. */
export const missingOf = ({ places }: RegisterReading, months: readonly Month[]): Month[] =>
  months.filter((month) => !places.has(month))
