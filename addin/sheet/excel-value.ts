import { addDays, type IsoDate } from '#worker/core/dates.ts'

/** The day before Excel's day 1. Its 29 February 1900 never was: days up to 60 are one too many, and nobody books then. */
const DAY_ZERO = '1899-12-30' as IsoDate

/** The day of Excel's number. */
export const dayOfSerial = (serial: number): IsoDate => addDays(DAY_ZERO, serial)

/** Excel's day number of a day. */
export const serialOf = (day: IsoDate): number =>
  (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${DAY_ZERO}T00:00:00Z`)) / 86_400_000

/** A figure for a cell from øre. The only place where kroner leave the ledger as a figure. */
export const kronerOf = (amount: number): number => amount / 100

/** Which cells of a row are at fault, as the formats that colour them read it: `|account!|vatCode?`. */
export const marksOf = (placed: readonly { column: string; level: 'error' | 'warning' }[]): string =>
  [...new Set(placed.map((p) => `|${p.column}${p.level === 'error' ? '!' : '?'}`))].join('')
