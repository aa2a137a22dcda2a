/** Which cells of a row are at fault, as the formats that colour them read it: `|account!|vatCode?`. */
export const marksOf = (placed: readonly { column: string; level: 'error' | 'warning' }[]): string =>
  [...new Set(placed.map((p) => `|${p.column}${p.level === 'error' ? '!' : '?'}`))].join('')
