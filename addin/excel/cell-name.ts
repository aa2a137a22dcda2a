/** The letters of a column, from its place: 0 is A. */
export function columnLetters(place: number): string {
  let letters = ''
  for (let n = place + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}

/** The name of a cell from its zero-based place, "G27". */
export const cellName = (row: number, column: number): string => `${columnLetters(column)}${row + 1}`
