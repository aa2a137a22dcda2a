/** The letters of a column, from its place: 0 is A. */
export function columnLetters(place: number): string {
  let letters = ''
  for (let n = place + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}

/** The name of a cell from its zero-based place, "G27". */
export const cellName = (row: number, column: number): string => `${columnLetters(column)}${row + 1}`

/** The zero-based place of a cell by its name. */
export function cellOfName(name: string): { row: number; column: number } | undefined {
  const found = /^\$?([A-Z]+)\$?(\d+)$/.exec(name)
  if (!found) return undefined
  const column = [...found[1]!].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: Number(found[2]) - 1, column }
}
