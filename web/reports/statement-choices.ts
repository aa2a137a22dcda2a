import { fill } from '#i18n/format.ts'
import type { DimensionChoice } from '#worker/reports/read-dimension-choices.ts'
import type { StatementKind } from '#worker/reports/report-layout.ts'
import { type Page, textsOf } from '../page.tsx'

/** The sets of columns one may choose between, the usual one first; one's own list keeps its place among them. */
export function columnSets(
  c: Page,
  statement: StatementKind,
  dimensions: readonly DimensionChoice[],
  withBudget: boolean,
  chosen: string | undefined,
): (readonly [columns: string, name: string])[] {
  const { sets } = textsOf(c).statements
  const { locale } = c.var
  const of = (columns: string, name: string) => [columns, name] as const
  const byDimension = dimensions
    .filter((d) => d.values.length > 0 && d.values.length < 60)
    .map((d) =>
      of(`by:${d.key}`, fill(sets.by, { dimension: (locale === 'nb' ? d.nameNb : d.nameEn).toLowerCase() }, locale)),
    )
  const all =
    statement === 'income'
      ? [
          of('', sets.lastYear),
          of('actual,actual-to-date,last-year,last-year-to-date,last-year-deviation-to-date', sets.toDate),
          ...(withBudget
            ? [
                of(
                  'actual,budget,budget-deviation,actual-to-date,budget-to-date,budget-deviation-to-date,budget-percent-to-date,last-year-to-date',
                  sets.budget,
                ),
              ]
            : []),
          of('months,actual', sets.months),
          of('quarters,actual', sets.quarters),
          of('years:5', sets.years),
          ...byDimension,
        ]
      : [
          of('', sets.movement),
          of('closing,last-year,last-year-deviation,last-year-percent', sets.change),
          of('months', sets.months),
          of('quarters', sets.quarters),
          of('years:5', sets.years),
          ...byDimension,
        ]
  return chosen && !all.some(([columns]) => columns === chosen) ? [...all, of(chosen, sets.own)] : all
}
