// Formulas with their references by row and column, from the cell they stand in.
import { columnName, columnNumber } from './a1.ts'

/** Texts and names of sheets are left alone. */
const SPARED = /("(?:[^"]|"")*"|'(?:[^']|'')+'!)/
const outsideTexts = (formula: string, of: (part: string) => string): string =>
  formula
    .split(SPARED)
    .map((part, i) => (i % 2 === 1 ? part : of(part)))
    .join('')

/** `=F5/2` in G5 is `=RC[-1]/2`. */
export const inR1C1 = (formula: string, r: number, c: number): string =>
  outsideTexts(formula, (part) =>
    part.replace(
      /(?<![\p{L}\d_.])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\p{L}\d_.(])/giu,
      (_, fixedColumn: string, letters: string, fixedRow: string, row: string) =>
        step('R', Number(row) - 1, r, fixedRow) + step('C', columnNumber(letters.toUpperCase()), c, fixedColumn),
    ),
  )
function step(letter: string, to: number, from: number, fixed: string): string {
  if (fixed) return `${letter}${to + 1}`
  return to === from ? letter : `${letter}[${to - from}]`
}

/** `=RC[-1]/2` in G7 is `=F7/2`. */
export const inA1 = (formula: string, r: number, c: number): string =>
  outsideTexts(formula, (part) =>
    part.replace(
      /(?<![\p{L}\d_.])R(\d+|\[-?\d+\])?C(\d+|\[-?\d+\])?(?![\p{L}\d_.(])/gu,
      (_, row: string | undefined, column: string | undefined) => {
        const [toRow, toColumn] = [place(row, r), place(column, c)]
        return `${toColumn.fixed}${columnName(toColumn.at)}${toRow.fixed}${toRow.at + 1}`
      },
    ),
  )
function place(text: string | undefined, from: number): { at: number; fixed: '' | '$' } {
  if (text === undefined) return { at: from, fixed: '' }
  if (text.startsWith('[')) return { at: from + Number(text.slice(1, -1)), fixed: '' }
  return { at: Number(text) - 1, fixed: '$' }
}
