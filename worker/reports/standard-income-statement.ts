import type { LayoutLine, ReportLayout } from './report-layout.ts'

const income = (key: string, nameNb: string, nameEn: string, groupings: string[], accounts: string[]): LayoutLine => ({
  key,
  nameNb,
  nameEn,
  side: 'credit',
  groupings,
  accounts,
})
const cost = (key: string, nameNb: string, nameEn: string, groupings: string[], accounts: string[]): LayoutLine => ({
  ...income(key, nameNb, nameEn, groupings, accounts),
  side: 'debit',
})
const sum = (
  key: string,
  nameNb: string,
  nameEn: string,
  lines: string[],
  side: LayoutLine['side'] = 'credit',
): LayoutLine => ({ key, nameNb, nameEn, sum: lines, side })
const codes = (category: string, ...numbers: string[]): string[] => numbers.map((code) => `${category}:${code}`)

/**
 * The income statement by nature. Each line takes the codes of the næringsspesifikasjon that belong to it, and the numbers of
 * NS 4102's structure where an account has no code. Names are shortened; the order is the law's.
 * Source: regnskapsloven (LOV-1998-07-17-56) § 6-1.
 */
export const incomeStatement: ReportLayout = {
  key: 'income-statement',
  nameNb: 'Resultatregnskap etter art',
  nameEn: 'Income statement by nature',
  statement: 'income',
  source: 'regnskapsloven § 6-1',
  lines: [
    income('sales', 'Salgsinntekt', 'Sales', ['salgsinntekt'], ['3000:3399']),
    income('other-income', 'Annen driftsinntekt', 'Other operating income', ['annenDriftsinntekt'], ['3400:3999']),
    sum('operating-income', 'Sum driftsinntekter', 'Total operating income', ['sales', 'other-income']),
    cost(
      'inventory-change',
      'Endring i beholdning av egne varer',
      'Change in own inventories',
      codes('varekostnad', '4295'),
      ['4290:4299'],
    ),
    cost(
      'own-assets',
      'Endring i beholdning av egentilvirkede anleggsmidler',
      'Own work capitalised',
      codes('varekostnad', '4995'),
      ['4990:4999'],
    ),
    cost('goods', 'Varekostnad', 'Cost of goods', ['varekostnad'], ['4000:4289', '4300:4989']),
    cost('payroll', 'Lønnskostnad', 'Payroll', ['loennskostnad'], ['5000:5999']),
    cost(
      'depreciation',
      'Avskrivning',
      'Depreciation and amortisation',
      codes('annenDriftskostnad', '6000', '6001', '6002', '6004'),
      ['6000:6049'],
    ),
    cost(
      'impairment',
      'Nedskrivning',
      'Impairment',
      codes('annenDriftskostnad', '6050', '6051', '6052', '6053', '6054'),
      ['6050:6099'],
    ),
    cost('other-cost', 'Annen driftskostnad', 'Other operating cost', ['annenDriftskostnad'], ['6100:7999']),
    sum(
      'operating-cost',
      'Sum driftskostnader',
      'Total operating cost',
      ['inventory-change', 'own-assets', 'goods', 'payroll', 'depreciation', 'impairment', 'other-cost'],
      'debit',
    ),
    sum('operating-result', 'Driftsresultat', 'Operating result', ['operating-income', 'operating-cost']),
    income(
      'subsidiaries',
      'Inntekt på investering i datterselskap og tilknyttet selskap',
      'Income from subsidiaries and associates',
      [...codes('finansinntekt', '8005'), ...codes('finanskostnad', '8105')],
      ['8000:8029'],
    ),
    income(
      'other-investments',
      'Inntekt på andre investeringer',
      'Income from other investments',
      codes('finansinntekt', '8090', '8091'),
      ['8090:8099'],
    ),
    income(
      'group-interest-income',
      'Renteinntekt fra foretak i samme konsern',
      'Interest income from group companies',
      codes('finansinntekt', '8030', '8054'),
      ['8030:8039'],
    ),
    income('financial-income', 'Annen finansinntekt', 'Other financial income', ['finansinntekt'], ['8040:8079']),
    income(
      'value-change',
      'Verdiendring av finansielle instrumenter til virkelig verdi',
      'Change in value of financial instruments at fair value',
      [...codes('finansinntekt', '8080'), ...codes('finanskostnad', '8100')],
      ['8080:8089', '8100:8109'],
    ),
    cost(
      'financial-impairment',
      'Nedskrivning av finansielle eiendeler',
      'Impairment of financial assets',
      codes('finanskostnad', '8115'),
      ['8110:8129'],
    ),
    cost(
      'group-interest-cost',
      'Rentekostnad til foretak i samme konsern',
      'Interest cost to group companies',
      codes('finanskostnad', '8130', '8154'),
      ['8130:8139'],
    ),
    cost('financial-cost', 'Annen finanskostnad', 'Other financial cost', ['finanskostnad'], ['8140:8199']),
    sum('net-finance', 'Netto finans', 'Net financial items', [
      'subsidiaries',
      'other-investments',
      'group-interest-income',
      'financial-income',
      'value-change',
      'financial-impairment',
      'group-interest-cost',
      'financial-cost',
    ]),
    sum('result-before-tax', 'Resultat før skattekostnad', 'Result before tax', ['operating-result', 'net-finance']),
    cost('tax', 'Skattekostnad', 'Tax', ['skattekostnad'], ['8200:8399', '8600:8799']),
    income(
      'extraordinary',
      'Ekstraordinære poster',
      'Extraordinary items',
      ['skjoennsfastsattInntektEllerKostnad'],
      ['8400:8599'],
    ),
    {
      ...sum('annual-result', 'Årsresultat', 'Result for the year', ['result-before-tax', 'tax', 'extraordinary']),
      total: true,
    },
    cost(
      'appropriations',
      'Overføringer og disponeringer',
      'Appropriations',
      ['resultatDisponeringForSAF-T'],
      ['8800:8999'],
    ),
  ],
}
