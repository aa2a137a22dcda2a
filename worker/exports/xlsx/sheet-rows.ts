import type { ExportColumn, ExportRow } from '../export-table.ts'
import { STYLE, type Style } from './cell-styles.ts'

const SPECIAL = /[&<>"\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/** Text as the sheet's XML holds it; what XML cannot hold goes. `_x0041_` would be read as a letter, so its underscore is written out. */
export function xmlText(text: string): string {
  const plain = text.includes('_x') ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text
  if (!SPECIAL.test(plain)) return plain
  return plain
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** A, B, … Z, AA for 0, 1, … 25, 26. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last
}

/** A cell that holds text, and only ever text: it is written inline, so nothing in it can run. */
export const textCell = (at: string, text: string, style: Style): string =>
  text === ''
    ? `<c r="${at}" s="${style}"/>`
    : `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`

/** Days since the last day of 1899, as sheets count them; exact for every day from March 1900. */
export const serialOf = (iso: string): number =>
  Math.floor(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86_400_000) + 25_569

/** Øre as kroner in digits, never through a float. */
export function plainMoney(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0')
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The rows of a table as rows of a sheet, each at its place. Remembers where its group began, which sums go by. */
export class SheetRows {
  private readonly columns: readonly ExportColumn[]
  private readonly names: readonly string[]
  private readonly rowOfKey = new Map<string, number>()
  private first: number
  private group: number
  /** The row that is written next, from 1. */
  next: number

  constructor(columns: readonly ExportColumn[], next: number) {
    this.columns = columns
    this.names = columns.map((_, i) => columnName(i))
    this.next = next
    this.first = next
    this.group = next
  }

  /** The same table goes on in a sheet of its own. */
  startAgain(next: number) {
    this.next = next
    this.first = next
    this.group = next
    this.rowOfKey.clear()
  }

  rowXml(row: ExportRow): string {
    const at = this.next++
    if (row.kind === 'heading') this.group = at + 1
    if (row.key !== undefined) this.rowOfKey.set(row.key, at)
    let xml = `<row r="${at}">`
    for (let i = 0; i < this.columns.length; i++) xml += this.cellXml(row, i, at)
    // What follows a sum is no part of it, with or without a heading.
    if (row.kind === 'sum' || row.kind === 'total') this.group = at + 1
    return `${xml}</row>`
  }

  private cellXml({ kind, cells, terms }: ExportRow, i: number, row: number): string {
    const column = this.columns[i]!
    const value = cells[i] ?? null
    const at = `${this.names[i]}${row}`
    const isSum = kind === 'sum' || kind === 'total'
    if (column.kind === 'money') {
      const style =
        kind === 'sum'
          ? STYLE.sumMoney
          : kind === 'total'
            ? STYLE.totalMoney
            : kind === 'opening'
              ? STYLE.openingMoney
              : STYLE.money
      if (value === null) return isSum ? `<c r="${at}" s="${style}"/>` : ''
      const formula =
        isSum && column.sums
          ? this.formulaXml(row, this.names[i]!, kind, column.sums === true ? terms : terms?.map(plus))
          : ''
      return `<c r="${at}" s="${style}">${formula}<v>${plainMoney(Number(value))}</v></c>`
    }
    if (column.kind === 'percent') {
      const style = isSum ? STYLE.sumPercent : STYLE.percent
      if (value === null) return isSum ? `<c r="${at}" s="${style}"/>` : ''
      return `<c r="${at}" s="${style}"><v>${fraction(Number(value))}</v></c>`
    }
    if (kind) {
      const style =
        kind === 'heading'
          ? STYLE.heading
          : kind === 'opening'
            ? STYLE.opening
            : kind === 'sum'
              ? STYLE.sumText
              : STYLE.totalText
      if (value === null) return isSum ? `<c r="${at}" s="${style}"/>` : ''
      if (column.kind === 'date' && typeof value === 'string') return textCell(at, value, style)
      return textCell(at, String(value), style)
    }
    if (value === null || value === '') return ''
    if (column.kind === 'date') return `<c r="${at}" s="${STYLE.date}"><v>${serialOf(String(value))}</v></c>`
    if (typeof value === 'number') return `<c r="${at}" s="${STYLE.number}"><v>${value}</v></c>`
    return textCell(at, value, STYLE.text)
  }

  /** What a sum adds up: its group, the whole table, or rows above it. Nothing where one of them is in another sheet. */
  private formulaXml(row: number, name: string, kind: ExportRow['kind'], terms: ExportRow['terms']): string {
    if (terms) {
      const rows = terms.map(({ key, sign }) => ({ at: this.rowOfKey.get(key), sign }))
      if (rows.length === 0 || rows.some(({ at }) => at === undefined)) return ''
      return `<f>${rows.map(({ at, sign }, i) => `${sign < 0 ? '-' : i > 0 ? '+' : ''}${name}${at}`).join('')}</f>`
    }
    const from = kind === 'total' ? this.first : this.group
    return from < row ? `<f>SUBTOTAL(9,${name}${from}:${name}${row - 1})</f>` : ''
  }
}

const plus = ({ key }: { key: string }) => ({ key, sign: 1 as const })

/** Basis points as a part of one: 1234 is 0.1234. */
function fraction(basisPoints: number): string {
  const digits = String(Math.abs(basisPoints)).padStart(5, '0')
  return `${basisPoints < 0 ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`
}
