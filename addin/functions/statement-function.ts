import { addinFunctions as en } from '#i18n/en/addin-functions.ts'
import { day, month } from '#i18n/format.ts'
import { addinFunctions as nb } from '#i18n/nb/addin-functions.ts'
import { type IsoDate, monthOf } from '#worker/core/dates.ts'
import { daysOf, periodOf } from '#worker/reports/period-range.ts'
import { kronerOf } from '../sheet/excel-value.ts'
import { ArgumentFault, dimensionsOf, type Given, isGiven, periodText } from './arguments.ts'
import type { Part } from './evaluate.ts'
import type { FunctionRuntime } from './function-runtime.ts'
import { ofCompanies, rowOf } from './list-rows.ts'
import { wordsOf } from './word-list.ts'

type Column = {
  key: string
  what: string
  fromDate: IsoDate
  toDate: IsoDate
  unit: 'ore' | 'basis-points'
  comparison?: boolean
}
type Side = 'debit' | 'credit'
type Line = { key: string; nameNb: string; nameEn: string; kind: string; side: Side }
type Statement = {
  columns: Column[]
  layout: { key: string }
  lines: (Line & { amounts: (number | null)[]; accounts: Account[] })[]
}
type Account = { account: string; nameNb: string; nameEn: string; amounts: (number | null)[] }

const statements = wordsOf(({ statementWords }) => statementWords)
const comparisons = wordsOf(({ comparisonWords }) => comparisonWords)

/** The columns that a statement is asked for, by what it is compared with. */
function columnsOf(statement: string, comparison: string | undefined): string {
  const own = statement === 'income-statement' ? 'actual' : 'closing'
  if (comparison === undefined) return own
  if (comparison === 'months' || comparison === 'quarters') return comparison
  return `${own},${comparison},${comparison}-deviation`
}

/** A whole statement as a table: names in the first column, amounts in kroner as the statement signs them. */
export const statementFunction = (runtime: FunctionRuntime) => ({
  async STATEMENT(statement: Given, period: Given, comparison: Given, detail: Given, dims: Given, options: Given) {
    const named = statements(statement)
    if (!named) throw new ArgumentFault('statement', statement)
    const against = isGiven(comparison) ? comparisons(comparison) : undefined
    if (isGiven(comparison) && !against) throw new ArgumentFault('comparison', comparison)
    const [filter, ...more] = dimensionsOf(dims)
    if (more.length > 0) throw new ArgumentFault('dimensions', '|')
    const locale = runtime.around.locale()
    const captions = (locale === 'nb' ? nb : en).columns as Record<string, string>
    const nameOf = (of: { nameNb: string; nameEn: string }) => (locale === 'nb' ? of.nameNb : of.nameEn)
    const captionOf = ({ key, fromDate, toDate }: Column) =>
      captions[key] ??
      (monthOf(fromDate) === monthOf(toDate) ? month(monthOf(fromDate), locale) : `${day(fromDate)}–${day(toDate)}`)
    const accountsToo = isGiven(detail) && Number(detail) > 1
    return ofCompanies(runtime, options, captions.company, async (company) => {
      const { fiscalYears } = await runtime.facts(company)
      const days = daysOf(periodOf(periodText(period, await runtime.yearStart(company, period)))!, fiscalYears)
      if (!days) throw new ArgumentFault('period', period)
      const asked = { ...days, ...filter, columns: columnsOf(named, against) }
      const { columns, lines, layout } = await runtime.read<Statement>(company, `reports/${named}`, asked)
      const row = (name: string, account: string | undefined, side: Side, amounts: readonly (number | null)[]) =>
        rowOf([name, ...columns.map((column, i) => shown(amounts[i] ?? null, column))], {
          company,
          figures: (column) =>
            account === undefined || amounts[column - 1] == null
              ? undefined
              : partsOf(columns, column - 1, account, side, filter!),
        })
      /** The result stands in the balance sheet without entries there: what adds it up is no sum of entries of its accounts. */
      const accountOf = ({ key, kind, side }: Line) => {
        if (named === 'income-statement') return `@${layout.key}/${key}`
        if (kind === 'result') return key === 'result-of-year' ? '3:8' : undefined
        return kind === 'sum' && side === 'credit' ? undefined : `@${layout.key}/${key}`
      }
      return [
        [captions.line, ...columns.map(captionOf)],
        ...lines.flatMap(({ amounts, accounts, ...line }) => [
          row(nameOf(line), accountOf(line), line.side, line.kind === 'heading' ? [] : amounts),
          ...(accountsToo
            ? accounts.map((a) => row(`  ${a.account} ${nameOf(a)}`, a.account, line.side, a.amounts))
            : []),
        ]),
      ]
    })
  },
})

const shown = (amount: number | null, { unit }: Column): number | '' =>
  amount === null ? '' : unit === 'ore' ? kronerOf(amount) : amount / 10_000

/** The figures that a column of a line is the sum of. A deviation is told as good or bad for the result: more cost is less. */
function partsOf(
  columns: readonly Column[],
  at: number,
  account: string,
  side: Side,
  dimensions: Record<string, string>,
): Part[] | undefined {
  const { what, comparison, unit } = columns[at]!
  if (comparison || unit !== 'ore') return undefined
  const part = (sign: 1 | -1, of: Column): Part => {
    const isBalance = columns[0]!.what === 'closing'
    const measure = of.what === 'budget' ? 'budget' : isBalance ? 'closing' : 'movement'
    return { sign, query: { measure, account, period: `${of.fromDate}:${of.toDate}`, dimensions } }
  }
  const sign = side === 'credit' ? -1 : 1
  if (what !== 'deviation') return [part(sign, columns[at]!)]
  const [first, second] = columns
  if (second!.comparison) return undefined
  return first!.what === 'actual'
    ? [part(-1, first!), part(1, second!)]
    : [part(sign, first!), part(sign === 1 ? -1 : 1, second!)]
}
