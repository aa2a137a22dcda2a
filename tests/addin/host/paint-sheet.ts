// A picture of a sheet of the simulated Excel, as HTML: for eyes and screenshots, not for tests.
import { columnName, contains } from './a1.ts'
import type { Cell, ConditionalFormat, Sheet, Table, Value, Workbook } from './workbook.ts'

type Painting = { language: 'nb' | 'en'; rows?: number; columns?: number; selected?: string }

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A page that shows the sheet's first rows and columns, with what its formats and conditional formats say. */
export function paintSheet(workbook: Workbook, sheet: Sheet, painting: Painting): string {
  const { rows = 30, columns = 18, language } = painting
  const shown = Array.from({ length: columns * 3 }, (_, c) => c)
    .filter((c) => !sheet.hiddenColumns.has(c))
    .slice(0, columns)
  const tables = workbook.tables.filter((table) => table.sheet === sheet)
  const head = shown
    .map((c) => `<th style="width:${(sheet.widths.get(c) ?? 48) * 1.34}px">${columnName(c)}</th>`)
    .join('')
  const body = Array.from({ length: rows }, (_, r) => {
    const cells = shown.map((c) => cellOf(workbook, sheet, tables, r, c, language)).join('')
    return `<tr><th>${r + 1}</th>${cells}</tr>`
  }).join('')
  const tabs = workbook.sheets
    .filter(({ visibility }) => visibility === 'Visible')
    .map((one) => `<span${one === sheet ? ' class="on"' : ''}>${escaped(one.name)}</span>`)
    .join('')
  const { selection } = workbook
  const formula = workbook.cell(sheet, selection.r, selection.c)
  const bar = `<p><b>${columnName(selection.c)}${selection.r + 1}</b> ${escaped(String(formula?.formula ?? formula?.value ?? ''))}</p>`
  return `<section class="sheet">${bar}<table><thead><tr><th></th>${head}</tr></thead><tbody>${body}</tbody></table><nav>${tabs}</nav></section>`
}

export const SHEET_STYLE = `
.sheet { font: 13px Calibri, Carlito, Arial, sans-serif; color: #1b1b1b; background: #fff; overflow: hidden; height: 100% }
.sheet p { margin: 0; padding: 6px 10px; border-bottom: 1px solid #d5d5d5; font-size: 13px; white-space: nowrap }
.sheet p b { display: inline-block; width: 60px; font-weight: 400; color: #555 }
.sheet table { font: inherit; border-collapse: collapse; table-layout: fixed; width: max-content }
.sheet th { background: #f3f3f3; border: 1px solid #dcdcdc; font-weight: 400; color: #444; height: 20px; width: 34px }
.sheet td { border: 1px solid #e6e6e6; height: 20px; padding: 0 4px; overflow: hidden; white-space: nowrap; max-width: 0 }
.sheet td.over { overflow: visible }
.sheet td.full { position: relative; background: #fff }
.sheet td.num { text-align: right; font-variant-numeric: tabular-nums }
.sheet td.cap { font-weight: 700; border-bottom: 1px solid #222; border-top: 1px solid #222 }
.sheet td.at { outline: 2px solid #107c41; outline-offset: -2px }
.sheet nav { position: absolute; bottom: 0; left: 0; right: 0; background: #f3f3f3; border-top: 1px solid #ccc; padding: 0 40px; height: 28px }
.sheet nav span { display: inline-block; padding: 6px 14px; color: #444 }
.sheet nav span.on { background: #fff; color: #107c41; font-weight: 700; border-bottom: 2px solid #107c41 }
`

function cellOf(
  workbook: Workbook,
  sheet: Sheet,
  tables: readonly Table[],
  r: number,
  c: number,
  language: 'nb' | 'en',
): string {
  const cell = workbook.cell(sheet, r, c)
  const isCaption = tables.some((table) => table.r === r && contains(table, r, c))
  const says = sheet.conditionalFormats.filter((cf) => contains(cf.area, r, c) && holds(workbook, sheet, cf, r))
  const fill = says.find((cf) => cf.fill)?.fill ?? cell?.fill
  const color = says.find((cf) => cf.color)?.color ?? cell?.color
  const text = cell ? shownText(cell, language) : ''
  const at = workbook.selection.sheet === sheet && workbook.selection.r === r && workbook.selection.c === c
  const classes = [
    ...(typeof cell?.value === 'number' ? ['num'] : []),
    ...(isCaption ? ['cap'] : []),
    ...(at ? ['at'] : []),
    ...(text !== '' ? ['full'] : []),
    // A text runs on over empty cells, and under the next that is not.
    ...(typeof cell?.value === 'string' && !workbook.cell(sheet, r, c + 1)?.value ? ['over'] : []),
  ].join(' ')
  const style = [
    ...(fill ? [`background:${fill}`] : []),
    ...(color && !isCaption ? [`color:${color}`] : []),
    ...(cell?.bold ? ['font-weight:700'] : []),
    ...(cell?.size ? [`font-size:${cell.size * 1.2}px`] : []),
  ].join(';')
  return `<td class="${classes}" style="${style}">${escaped(text)}</td>`
}

/** The two kinds of rules that the add-in writes: a mark in a hidden column, and a status. */
function holds(workbook: Workbook, sheet: Sheet, { formula, area }: ConditionalFormat, r: number): boolean {
  const at = (letters: string): Value => {
    const column = [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1
    return workbook.cell(sheet, r, column)?.value ?? ''
  }
  const mark = /^=ISNUMBER\(SEARCH\("([^"]+)",\$([A-Z]+)\d+\)\)$/.exec(formula)
  if (mark) return String(at(mark[2]!)).includes(mark[1]!.replaceAll('~', ''))
  const equal = /^=\$([A-Z]+)(\d+)="([^"]*)"$/.exec(formula)
  return equal !== null && area.r <= r && at(equal[1]!) === equal[3]
}

function shownText({ value, format }: Cell, language: 'nb' | 'en'): string {
  if (typeof value !== 'number') return String(value)
  if (format === 'dd.mm.yyyy') {
    const [y, m, d] = new Date((value - 25_569) * 86_400_000).toISOString().slice(0, 10).split('-')
    return language === 'nb' ? `${d}.${m}.${y}` : `${d}/${m}/${y}`
  }
  if (format === '0' || format === 'General' || format === '@')
    return String(value).replace('.', language === 'nb' ? ',' : '.')
  return new Intl.NumberFormat(language === 'nb' ? 'nb-NO' : 'en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(value)
}
