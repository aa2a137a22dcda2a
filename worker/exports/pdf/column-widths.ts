import type { ColumnKind, ExportColumn } from '../export-table.ts'

/** A column on paper: where it begins and how wide it is, in points. `at`: its place among the table's columns. */
export type PaperColumn = ExportColumn & { at: number; x: number; width: number }

const FIXED: Record<Exclude<ColumnKind, 'text'>, number> = { code: 46, date: 52, money: 78, number: 44, percent: 44 }
const GAP = 8

/** Columns over a width: figures, days and codes as wide as they need, texts share the rest by how much they usually hold. */
export function paperColumns(columns: readonly ExportColumn[], left: number, total: number): PaperColumn[] {
  const shown = columns.flatMap((column, at) => (column.notOnPaper ? [] : [{ ...column, at }]))
  const weight = shown.reduce((sum, c) => sum + (c.kind === 'text' ? (c.width ?? 36) : 0), 0)
  const natural = shown.reduce((sum, c) => sum + (c.kind === 'text' ? 0 : fixedWidth(c)), 0)
  // Many figures side by side are drawn narrower, so that texts keep a seventh of the page.
  const room = total - GAP * (shown.length - 1) - (weight > 0 ? total / 7 : 0)
  const scale = Math.min(1, room / Math.max(natural, 1))
  const fixed = natural * scale
  const rest = Math.max(total - fixed - GAP * (shown.length - 1), 0)
  // Without a text to give way, the columns are spread over the page.
  const spread = weight === 0 ? rest / Math.max(shown.length - 1, 1) : 0
  let x = left
  return shown.map((column) => {
    const width = column.kind === 'text' ? (rest * (column.width ?? 36)) / weight : fixedWidth(column) * scale
    const placed = { ...column, x, width }
    x += width + GAP + spread
    return placed
  })
}

const fixedWidth = ({ kind, width }: ExportColumn): number =>
  kind === 'text' ? 0 : kind === 'code' && width ? Math.max(width * 4.6, FIXED.code) : FIXED[kind]

/** Words on at most so many lines; the last ends in an ellipsis when there was more. `measure` gives a text's width. */
export function wrapped(text: string, width: number, most: number, measure: (text: string) => number): string[] {
  if (measure(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  const words = text.split(' ')
  for (let i = 0; i < words.length; i++) {
    const longer = line === '' ? words[i]! : `${line} ${words[i]}`
    if (measure(longer) <= width) {
      line = longer
      continue
    }
    if (lines.length === most - 1) return [...lines, shortened(longer, width, measure)]
    if (line !== '') lines.push(line)
    line = words[i]!
    if (measure(line) <= width) continue
    if (lines.length === most - 1) return [...lines, shortened([line, ...words.slice(i + 1)].join(' '), width, measure)]
    // One word that is too long is broken where it must be.
    let end = line.length - 1
    while (end > 1 && measure(line.slice(0, end)) > width) end--
    lines.push(line.slice(0, end))
    words[i] = line.slice(end)
    line = ''
    i--
  }
  return line === '' ? lines : [...lines, line]
}

function shortened(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text
  let end = text.length
  while (end > 0 && measure(`${text.slice(0, end)}…`) > width) end--
  return `${text.slice(0, end).trimEnd()}…`
}
