import { fill } from '#i18n/format.ts'
import type { Budget } from '#worker/budgets/budget.ts'
import type { BudgetCopy } from '#worker/budgets/import-copy.ts'
import { basisPointsOf } from '#worker/budgets/percent.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Dimension } from '#worker/dimensions/dimension.ts'
import type { Fields } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'

/** Where a budget's figures may come from, as the choices of a form: the newest years first, then the other budgets. */
export function sourceOptions(
  c: Page,
  years: readonly number[],
  dimensions: readonly Pick<Dimension, 'key' | 'nameNb' | 'nameEn'>[],
  budgets: readonly Pick<Budget, 'id' | 'name' | 'year'>[],
): [value: string, text: string][] {
  const words = textsOf(c).budgets
  const { locale } = c.var
  return [
    ...years.flatMap((year): [string, string][] => [
      [`actuals:${year}`, fill(words.fromActuals, { year }, locale)],
      ...dimensions.map((d): [string, string] => [
        `actuals:${year}:${d.key}`,
        fill(words.fromActualsBy, { year, dimension: (locale === 'nb' ? d.nameNb : d.nameEn).toLowerCase() }, locale),
      ]),
    ]),
    ...budgets.map(({ id, name, year }): [string, string] => [
      `budget:${id}`,
      name.includes(String(year)) ? name : fill(words.fromBudget, { name, year }, locale),
    ]),
  ]
}

/** What a form asks to have copied; undefined when nothing is. @throws Problem 422 request/invalid for a percentage that cannot be read. */
export function copyAsked({ from = '', change = '' }: Fields): BudgetCopy | undefined {
  const points = basisPointsOf(change)
  if (points === undefined || points < -10_000)
    throw new Problem(422, 'request/invalid', {
      issues: [{ code: 'field/invalid', severity: 'error', pointer: '#/change', params: {} }],
    })
  const [kind, what = '', by] = from.split(':')
  const how = { change: points, missing: 'keep', dryRun: false } as const
  if (kind === 'budget') return { from: { budget: what }, ...how }
  if (kind === 'actuals') return { from: { actuals: Number(what), by: by ?? null }, ...how }
  return undefined
}
