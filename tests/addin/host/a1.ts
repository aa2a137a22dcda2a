import { LIMIT, refuse } from './protocol.ts'

/** A rectangle of cells, zero-based. */
export type Area = { r: number; c: number; h: number; w: number }

const CELL = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/
const COLUMN = /^\$?([A-Z]{1,3})$/
const ROW = /^\$?(\d{1,7})$/

export const columnNumber = (letters: string): number =>
  [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1

export function columnName(n: number): string {
  let name = ''
  for (let rest = n + 1; rest > 0; rest = (rest - 1 - ((rest - 1) % 26)) / 26)
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  return name
}

export const isCellName = (text: string): boolean => CELL.test(text.toUpperCase())

/** "B2:C4", "B:C" or "2:4" as an area; undefined when it is none of them. */
export function areaOf(address: string): Area | undefined {
  const [from = '', to = from] = address.toUpperCase().split(':')
  const [a, b] = [CELL.exec(from), CELL.exec(to)]
  if (a && b) return between(Number(a[2]) - 1, columnNumber(a[1]!), Number(b[2]) - 1, columnNumber(b[1]!))
  const [ac, bc] = [COLUMN.exec(from), COLUMN.exec(to)]
  if (ac && bc) return between(0, columnNumber(ac[1]!), LIMIT.rows - 1, columnNumber(bc[1]!))
  const [ar, br] = [ROW.exec(from), ROW.exec(to)]
  if (ar && br) return between(Number(ar[1]) - 1, 0, Number(br[1]) - 1, LIMIT.columns - 1)
  return undefined
}

const between = (r1: number, c1: number, r2: number, c2: number): Area => ({
  r: Math.min(r1, r2),
  c: Math.min(c1, c2),
  h: Math.abs(r2 - r1) + 1,
  w: Math.abs(c2 - c1) + 1,
})

export function addressOf({ r, c, h, w }: Area): string {
  if (h === LIMIT.rows) return `${columnName(c)}:${columnName(c + w - 1)}`
  const first = `${columnName(c)}${r + 1}`
  return h === 1 && w === 1 ? first : `${first}:${columnName(c + w - 1)}${r + h}`
}

/** A sheet's name as it stands before the exclamation mark. */
export const quoted = (sheet: string): string =>
  /^[\p{L}_][\p{L}\d_.]*$/u.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`

/** Splits "'Ark 1'!B2" in sheet and address. */
export function sheetAndAddress(text: string): { sheet: string | undefined; address: string } {
  const found = /^(?:'((?:[^']|'')+)'|([^!']+))!(.+)$/.exec(text)
  if (!found) return { sheet: undefined, address: text }
  return { sheet: (found[1]?.replaceAll("''", "'") ?? found[2])!, address: found[3]! }
}

export const checked = (area: Area): Area =>
  area.r < 0 ||
  area.c < 0 ||
  area.h < 1 ||
  area.w < 1 ||
  area.r + area.h > LIMIT.rows ||
  area.c + area.w > LIMIT.columns
    ? refuse('InvalidArgument', 'range outside the sheet')
    : area

export const overlaps = (a: Area, b: Area): boolean =>
  a.r < b.r + b.h && b.r < a.r + a.h && a.c < b.c + b.w && b.c < a.c + a.w

export const contains = (outer: Area, r: number, c: number): boolean =>
  r >= outer.r && r < outer.r + outer.h && c >= outer.c && c < outer.c + outer.w
