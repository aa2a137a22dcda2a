import { businessSpecification } from '#db/seed/business-specification.ts'
import type { LayoutLine, ReportLayout, StatementKind } from './report-layout.ts'
import { balanceSheet } from './standard-balance-sheet.ts'
import { incomeStatement } from './standard-income-statement.ts'

/** Categories of the næringsspesifikasjon in the order they are read, with their sums' names. */
const CATEGORIES: Record<
  StatementKind,
  [category: string, nameNb: string, nameEn: string, side: LayoutLine['side']][]
> = {
  income: [
    ['salgsinntekt', 'Sum salgsinntekter', 'Total sales', 'credit'],
    ['annenDriftsinntekt', 'Sum andre driftsinntekter', 'Total other operating income', 'credit'],
    ['varekostnad', 'Sum varekostnader', 'Total cost of goods', 'debit'],
    ['loennskostnad', 'Sum lønnskostnader', 'Total payroll', 'debit'],
    ['annenDriftskostnad', 'Sum andre driftskostnader', 'Total other operating cost', 'debit'],
    ['finansinntekt', 'Sum finansinntekter', 'Total financial income', 'credit'],
    ['finanskostnad', 'Sum finanskostnader', 'Total financial cost', 'debit'],
    ['skattekostnad', 'Sum skattekostnader', 'Total tax', 'debit'],
    ['skjoennsfastsattInntektEllerKostnad', 'Sum fastsatt ved skjønn', 'Total assessed by estimate', 'credit'],
  ],
  balance: [
    ['balanseverdiForAnleggsmiddel', 'Sum anleggsmidler', 'Total fixed assets', 'debit'],
    ['balanseverdiForOmloepsmiddel', 'Sum omløpsmidler', 'Total current assets', 'debit'],
    ['egenkapital', 'Sum egenkapital i listen', 'Total equity in the list', 'credit'],
    ['langsiktigGjeld', 'Sum langsiktig gjeld', 'Total long-term debt', 'credit'],
    ['kortsiktigGjeld', 'Sum kortsiktig gjeld', 'Total current liabilities', 'credit'],
  ],
}

const keyOf = (category: string, code = 'sum'): string =>
  `${category}-${code}`
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(-40)
    .replace(/^-+/, '')

function ofSpecification(statement: StatementKind): LayoutLine[] {
  return CATEGORIES[statement].flatMap(([category, nameNb, nameEn, side]): LayoutLine[] => {
    const codes = businessSpecification.filter((c) => c.category === category)
    const lines = codes.map(
      (c): LayoutLine => ({
        key: keyOf(category, c.code),
        nameNb: `${c.code} ${c.nameNb}`.slice(0, 120),
        nameEn: `${c.code} ${c.nameEn}`.slice(0, 120),
        side,
        groupings: [`${category}:${c.code}`],
      }),
    )
    return [...lines, { key: keyOf(category), nameNb, nameEn, side, sum: lines.map((l) => l.key) }]
  })
}
const SOURCE = 'Skatteetaten, resultatregnskapOgBalanse 2025–2026'

const specificationIncome: ReportLayout = {
  key: 'specification-income',
  nameNb: 'Næringsspesifikasjon, resultat',
  nameEn: 'Business specification, result',
  statement: 'income',
  source: SOURCE,
  lines: [
    ...ofSpecification('income'),
    {
      key: 'annual-result',
      nameNb: 'Årsresultat',
      nameEn: 'Result for the year',
      side: 'credit',
      sum: CATEGORIES.income.map(([category]) => keyOf(category)),
      total: true,
    },
    {
      key: 'appropriations',
      nameNb: 'Disponering av resultat',
      nameEn: 'Appropriations',
      side: 'debit',
      groupings: ['resultatDisponeringForSAF-T'],
    },
  ],
}

const specificationBalance: ReportLayout = {
  key: 'specification-balance',
  nameNb: 'Næringsspesifikasjon, balanse',
  nameEn: 'Business specification, balance',
  statement: 'balance',
  source: SOURCE,
  lines: [
    ...ofSpecification('balance'),
    {
      key: 'assets',
      nameNb: 'Sum eiendeler',
      nameEn: 'Total assets',
      side: 'debit',
      sum: [keyOf('balanseverdiForAnleggsmiddel'), keyOf('balanseverdiForOmloepsmiddel')],
      total: true,
    },
    {
      key: 'earlier-results',
      nameNb: 'Tidligere års resultat, ikke disponert',
      nameEn: 'Results of earlier years, not appropriated',
      side: 'credit',
      result: 'earlier-years',
    },
    {
      key: 'result-of-year',
      nameNb: 'Årets resultat, ikke disponert',
      nameEn: 'Result of the year, not appropriated',
      side: 'credit',
      result: 'year',
    },
    {
      key: 'equity-and-debt',
      nameNb: 'Sum egenkapital og gjeld',
      nameEn: 'Total equity and liabilities',
      side: 'credit',
      sum: [
        keyOf('egenkapital'),
        'earlier-results',
        'result-of-year',
        keyOf('langsiktigGjeld'),
        keyOf('kortsiktigGjeld'),
      ],
      total: true,
    },
  ],
}

/** The layouts every company has. */
export const STANDARD_LAYOUTS: readonly ReportLayout[] = [
  incomeStatement,
  balanceSheet,
  specificationIncome,
  specificationBalance,
]

/** The layout a statement has unless another is asked for. */
export const usualLayout = (statement: StatementKind): ReportLayout =>
  statement === 'income' ? incomeStatement : balanceSheet
