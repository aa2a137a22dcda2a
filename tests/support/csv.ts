/** The cells of CSV text, line after line, without the quotation marks around them. */
export const cellsIn = (csv: string, separator: string): string[] =>
  [...csv.matchAll(new RegExp(`(?:^|${separator}|\\r\\n)(?:"((?:[^"]|"")*)"|([^${separator}"\\r]*))`, 'g'))].map((m) =>
    (m[1] ?? m[2] ?? '').replaceAll('""', '"'),
  )

/** CSV for machines (comma, CRLF) as a table: its head and the cells of each row. */
export function machineTable(csv: string): { head: string[]; rows: string[][] } {
  const [head, ...rows] = csv
    .trim()
    .split('\r\n')
    .map((line) => cellsIn(line, ','))
  return { head: head!, rows }
}
