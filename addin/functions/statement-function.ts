import { addinFunctions as en } from '#i18n/en/addin-functions.ts'
import { day, month } from '#i18n/format.ts'
import { addinFunctions as nb } from '#i18n/nb/addin-functions.ts'
import { type IsoDate, monthOf } from '#worker/core/dates.ts'
import { daysOf, periodOf } from '#worker/reports/period-range.ts'
import { kronerOf } from '../sheet/excel-value.ts'
import { ArgumentFault, dimensionsOf, type Given, isGiven, periodText } from './arguments.ts'
import type { FunctionRuntime } from './function-runtime.ts'
import { wordsOf } from './word-list.ts'

type Statement = {
  columns: { key: string; what: string; fromDate: IsoDate; toDate: IsoDate; unit: 'ore' | 'basis-points' }[]
  lines: { nameNb: string; nameEn: string; kind: string; amounts: (number | null)[]; accounts: Account[] }[]
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
  async STATEMENT(statement: Given, period: Given, comparison: Given, detail: Given, dims: Given) {
    const named = statements(statement)
    if (!named) throw new ArgumentFault('statement', statement)
    const against = isGiven(comparison) ? comparisons(comparison) : undefined
    if (isGiven(comparison) && !against) throw new ArgumentFault('comparison', comparison)
    const company = await runtime.companyOf()
    const { fiscalYears } = await runtime.facts(company)
    const days = daysOf(periodOf(periodText(period, await runtime.yearStart(company, period)))!, fiscalYears)
    const [filter, ...more] = dimensionsOf(dims)
    if (!days || more.length > 0) throw new ArgumentFault(days ? 'dimensions' : 'period', days ? '|' : period)
    const report = await runtime.read<Statement>(company, `reports/${named}`, {
      ...days,
      ...filter,
      columns: columnsOf(named, against),
    })
    const locale = runtime.around.locale()
    const captions = (locale === 'nb' ? nb : en).columns as Record<string, string>
    const nameOf = (of: { nameNb: string; nameEn: string }) => (locale === 'nb' ? of.nameNb : of.nameEn)
    const cells = (amounts: readonly (number | null)[]) =>
      amounts.map((amount, i) =>
        amount === null ? '' : report.columns[i]!.unit === 'ore' ? kronerOf(amount) : amount / 10_000,
      )
    const captionOf = ({ key, fromDate, toDate }: Statement['columns'][number]) =>
      captions[key] ??
      (monthOf(fromDate) === monthOf(toDate) ? month(monthOf(fromDate), locale) : `${day(fromDate)}–${day(toDate)}`)
    const accountsToo = isGiven(detail) && Number(detail) > 1
    return [
      [captions.line, ...report.columns.map(captionOf)],
      ...report.lines.flatMap((line) => [
        [nameOf(line), ...cells(line.kind === 'heading' ? line.amounts.map(() => null) : line.amounts)],
        ...(accountsToo
          ? line.accounts.map((account) => [`  ${account.account} ${nameOf(account)}`, ...cells(account.amounts)])
          : []),
      ]),
    ]
  },
})
