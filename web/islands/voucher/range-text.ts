import { BLANK, type Row } from '#worker/sheets/sheet.ts'
import type { Column } from './columns.ts'
import type { Entry } from './entry.ts'
import type { Range } from './grid-view.ts'
import { statusOf } from './posting.ts'
import { copiedText, shownIn } from './shown.ts'

const around = (entry: Entry, status: (row: number) => string) => {
  const { desk, verdict, court } = entry
  return {
    books: court.books,
    locale: court.locale,
    header: desk.header,
    verdict,
    status,
    matches: (row: Row) => entry.items.shown(row),
  }
}

/** What a cell shows. */
export function shownAt(entry: Entry, columns: readonly Column[], row: number, col: number): string {
  const column = columns[col]
  return column
    ? shownIn(
        entry.desk.rows[row] ?? BLANK,
        row,
        column,
        around(entry, () => ''),
      ).text
    : ''
}

/** What a range of cells gives to the clipboard. */
export function textOfRange(entry: Entry, columns: readonly Column[], range: Range): string {
  const chosen = columns.slice(range.left, range.right + 1)
  const words = around(entry, (row) => statusOf(entry, row))
  const lines: string[] = []
  for (let row = range.top; row <= range.bottom; row++)
    lines.push(chosen.map((column) => copiedText(entry.desk.rows[row] ?? BLANK, row, column, words)).join('\t'))
  return lines.join('\r\n')
}
