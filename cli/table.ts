export type Column<Row> = { head: string; of: (row: Row) => string; right?: boolean; longest?: number }

/** Rows as lines of text in columns; figures stand to the right. */
export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = rows.map((row) => columns.map((column) => shortened(column.of(row), column.longest)))
  const widths = columns.map((column, i) => Math.max(column.head.length, ...cells.map((line) => line[i]!.length)))
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => (columns[i]!.right ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd()
  return [line(columns.map((c) => c.head)), line(widths.map((w) => '─'.repeat(w))), ...cells.map(line)]
}

const shortened = (text: string, longest = 60): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text
