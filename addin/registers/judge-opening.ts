import type { Locale } from '#i18n/format.ts'
import { openingText, openingTexts } from '#i18n/opening-text.ts'
import { withText } from '#i18n/problem-text.ts'
import { isError } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { OpeningJudgement } from '#worker/opening-balance/opening-judgement.ts'
import { markChanges } from '../excel/mark-cells.ts'
import { ofSheet, type RegisterChange, type RegisterReading, registerAddress } from '../excel/register-table.ts'
import { textOf } from '../sheet/read-cell.ts'
import type { Marked } from './judge-budget.ts'
import type { SheetOpeningRow } from './opening-sheet.ts'

/** An opening sheet as it stands, judged. */
export type JudgedOpening = { reading: RegisterReading; rows: SheetOpeningRow[]; judgement: OpeningJudgement }

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
