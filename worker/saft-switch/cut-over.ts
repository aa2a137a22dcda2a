import { addDays, addMonths, firstDay, type IsoDate, type Month } from '#worker/core/dates.ts'

/** Where a file's books begin and end, and what its months moved by, in øre. */
export type CoveredDays = {
  fromDate: string
  toDate: string
  months?: readonly { month: string; ours: number }[] | null
}

/** A finished import, the day it holds, and the company's day from before any import set one. */
export type CutOverOfFile = { id: string; day: IsoDate; before: IsoDate | null }
/** The company's day as it stands, and what finished imports hold. */
export type CutOver = { stands: IsoDate | null; version: number; files: readonly CutOverOfFile[] }

export const latest = (days: readonly (IsoDate | null)[]): IsoDate | null =>
  days
    .flatMap((day) => day ?? [])
    .sort()
    .at(-1) ?? null

/** The day after the months and days that a file holds, and not after today: something may be posted ahead in it. */
export function usualCutOver({ fromDate, toDate, months }: CoveredDays, today: IsoDate): IsoDate {
  const last = months?.findLast(({ ours }) => ours !== 0)?.month as Month | undefined
  const days = [last ? firstDay(addMonths(last, 1)) : (fromDate as IsoDate), addDays(toDate as IsoDate, 1), today]
  return days.sort()[0]!
}

const heldBy = (files: CutOver['files']): IsoDate | null => latest(files.flatMap(({ day, before }) => [day, before]))

/** The day from before the first import: what the imports before set is none, what a person or a plan set is. */
export const dayBeforeImports = ({ stands, files }: CutOver): IsoDate | null =>
  stands === heldBy(files) ? latest(files.map(({ before }) => before)) : stands

/** The day when an import is taken up again: as the others and what was there before have it. One that was set since by hand stays. */
export function withoutImport({ stands, files }: CutOver, id: string): IsoDate | null {
  const own = files.find((file) => file.id === id)
  if (!own || stands !== heldBy(files)) return stands
  return latest([own.before, heldBy(files.filter((file) => file !== own))])
}
