/**
 * A text's cells, parted by `separator`. Without one it is a clipboard's: tab-separated as from a spreadsheet, else by semicolons.
 * Cells may be quoted.
 */
export function cellsOf(text: string, separator?: string): string[][] {
  const body = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '')
  if (body === '') return []
  const mark = separator ?? (!body.includes('\t') && separatedBySemicolon(body) ? ';' : '\t')
  const rows = body.includes('"') ? quoted(body, mark) : body.split('\n').map((line) => line.split(mark))
  for (const row of rows) for (let col = 0; col < row.length; col++) row[col] = row[col]!.trim()
  return rows
}

/** A list from a text file: at least two lines with the same two or more semicolons. */
function separatedBySemicolon(body: string): boolean {
  const counts = body
    .split('\n', 6)
    .filter(Boolean)
    .map((line) => line.replace(/"[^"]*"/g, '').split(';').length - 1)
  return counts.length > 1 && counts[0]! >= 2 && counts.every((n) => n === counts[0])
}

function quoted(body: string, mark: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at <= body.length) {
    const [cell, end] = body[at] === '"' ? quotedCell(body, at, mark) : plainCell(body, at, mark)
    row.push(cell)
    at = end + 1
    if (end >= body.length || body[end] === '\n') {
      rows.push(row)
      row = []
      if (end >= body.length) break
    }
  }
  return rows
}

function plainCell(body: string, at: number, mark: string): [cell: string, end: number] {
  let end = at
  while (end < body.length && body[end] !== mark && body[end] !== '\n') end++
  return [body.slice(at, end), end]
}

/** `"a ""b"""`, with line breaks inside as spaces. A quote that is not closed before a mark is just a quote. */
function quotedCell(body: string, at: number, mark: string): [cell: string, end: number] {
  let cell = ''
  for (let i = at + 1; i < body.length; i++) {
    if (body[i] !== '"') cell += body[i]
    else if (body[i + 1] === '"') {
      cell += '"'
      i++
    } else {
      const next = body[i + 1]
      if (next === undefined || next === mark || next === '\n') return [cell.replace(/\s*\n\s*/g, ' '), i + 1]
      break
    }
  }
  return plainCell(body, at, mark)
}
