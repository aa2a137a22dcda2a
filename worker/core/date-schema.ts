import * as z from 'zod/mini'
import { type IsoDate as Day, isoDate, type Month as MonthOfYear, month } from './dates.ts'

// Schemas with the types' names, apart from the dates themselves: what runs in Excel's cells reckons with dates and has no schemas.
export type IsoDate = Day
export type Month = MonthOfYear

/** Its messages are problem codes. */
export const IsoDate = z
  .string({ error: (issue) => (issue.input === undefined ? 'field/required' : 'date/invalid') })
  .check(z.refine((s) => isoDate(s) !== undefined, 'date/invalid')) as unknown as z.ZodMiniType<IsoDate, string>
export const Month = z
  .string()
  .check(z.refine((s) => month(s) !== undefined, 'date/invalid')) as unknown as z.ZodMiniType<Month, string>
