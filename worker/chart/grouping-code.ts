import { businessSpecification, type SpecificationCode } from '#db/seed/business-specification.ts'
import { otherGroupingCodes, SINCE_2025 } from '#db/seed/other-grouping-codes.ts'

/** A code of SAF-T's grouping list, with the first year whose list has it. */
export type GroupingCode = SpecificationCode & { fromYear: number }

/** The first year there is a list of: older years take it too. */
const FIRST = 2024
/** In næringsspesifikasjonen, but not in SAF-T's list. */
const NOT_IN_SAFT = new Set(['skjoennsfastsattInntektEllerKostnad'])

const ALL: readonly GroupingCode[] = [
  ...businessSpecification.filter(({ category }) => !NOT_IN_SAFT.has(category)),
  ...otherGroupingCodes.map(([category, code, nameNb, nameEn]) => ({ category, code, nameNb, nameEn })),
].map((one) => ({ ...one, fromYear: SINCE_2025.has(one.code) ? 2025 : FIRST }))

/** The official list of a year: categories and codes that accounts are grouped by in SAF-T. Source: the data files. */
export const groupingCodesOf = (year: number): readonly GroupingCode[] =>
  ALL.filter(({ fromYear }) => fromYear <= Math.max(year, FIRST))

/** Where an account stands that has no place in the list. Source: norway.md 6.3. */
const NOT_PLACED = 'NA'
const PAIRS = new Set(ALL.map(({ category, code }) => `${category} ${code}`))

/** Whether any year's list has the code in the category. */
export const isGroupingCode = (category: string, code: string): boolean =>
  PAIRS.has(`${category} ${code}`) || (category === NOT_PLACED && code === NOT_PLACED)
