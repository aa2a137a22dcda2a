import type { LayoutLine, ReportLayout } from './report-layout.ts'

type Of = { codes?: [category: string, ...codes: string[]][]; accounts?: string[]; category?: string }

const line =
  (side: LayoutLine['side']) =>
  (key: string, nameNb: string, nameEn: string, { codes = [], accounts = [], category }: Of): LayoutLine => ({
    key,
    nameNb,
    nameEn,
    side,
    groupings: [...(category ? [category] : []), ...codes.flatMap(([own, ...all]) => all.map((c) => `${own}:${c}`))],
    accounts,
  })
const asset = line('debit')
const debt = line('credit')
const sum =
  (side: LayoutLine['side']) =>
  (key: string, nameNb: string, nameEn: string, ...lines: string[]): LayoutLine => ({
    key,
    nameNb,
    nameEn,
    side,
    sum: lines,
  })
const assets = sum('debit')
const debts = sum('credit')
const heading = (key: string, nameNb: string, nameEn: string): LayoutLine => ({ key, nameNb, nameEn, side: 'debit' })

const FIXED = 'balanseverdiForAnleggsmiddel'
const CURRENT = 'balanseverdiForOmloepsmiddel'
const EQUITY = 'egenkapital'
const LONG = 'langsiktigGjeld'
const SHORT = 'kortsiktigGjeld'

/**
 * The balance sheet. Each line takes the codes of the næringsspesifikasjon that belong to it, and the numbers of NS 4102's
 * structure where an account has no code. Names are shortened; the order is the law's.
 * Source: regnskapsloven (LOV-1998-07-17-56) § 6-2.
 */
export const balanceSheet: ReportLayout = {
  key: 'balance-sheet',
  nameNb: 'Balanse',
  nameEn: 'Balance sheet',
  statement: 'balance',
  source: 'regnskapsloven § 6-2',
  lines: [
    heading('fixed-heading', 'Anleggsmidler', 'Fixed assets'),
    asset('development', 'Utvikling', 'Development', { codes: [[FIXED, '1000']], accounts: ['1000:1019'] }),
    asset('rights', 'Konsesjoner, patenter, lisenser og lignende rettigheter', 'Concessions, patents and licences', {
      codes: [[FIXED, '1020']],
      accounts: ['1020:1069'],
    }),
    asset('deferred-tax-asset', 'Utsatt skattefordel', 'Deferred tax asset', {
      codes: [[FIXED, '1070']],
      accounts: ['1070:1079'],
    }),
    asset('goodwill', 'Goodwill', 'Goodwill', { codes: [[FIXED, '1080']], accounts: ['1080:1099'] }),
    assets(
      'intangible',
      'Sum immaterielle eiendeler',
      'Total intangible assets',
      'development',
      'rights',
      'deferred-tax-asset',
      'goodwill',
    ),
    asset('property', 'Tomter, bygninger og annen fast eiendom', 'Land, buildings and other property', {
      codes: [[FIXED, '1105', '1115', '1120', '1140', '1150', '1160', '1180']],
      accounts: ['1100:1199'],
    }),
    asset('machinery', 'Maskiner og anlegg', 'Machinery and plant', {
      codes: [[FIXED, '1101', '1102', '1103', '1104', '1117', '1130', '1295']],
      accounts: ['1200:1219'],
    }),
    asset('ships', 'Skip, rigger, fly og lignende', 'Ships, rigs, aircraft and the like', {
      codes: [[FIXED, '1221', '1225']],
      accounts: ['1220:1229'],
    }),
    asset('equipment', 'Driftsløsøre, inventar, verktøy og lignende', 'Equipment, fixtures and tools', {
      category: FIXED,
      accounts: ['1230:1299'],
    }),
    assets(
      'tangible',
      'Sum varige driftsmidler',
      'Total tangible assets',
      'property',
      'machinery',
      'ships',
      'equipment',
    ),
    asset('shares-fixed', 'Investeringer i aksjer og andeler', 'Investments in shares', {
      codes: [[FIXED, '1312', '1313', '1331', '1332', '1350']],
      accounts: ['1300:1319', '1330:1339', '1350:1359'],
    }),
    asset('loans-fixed', 'Lån og andre langsiktige fordringer', 'Loans and other long-term receivables', {
      codes: [[FIXED, '1320', '1340', '1360', '1370', '1380', '1390', '1395']],
      accounts: ['1320:1329', '1340:1349', '1360:1399'],
    }),
    assets('financial', 'Sum finansielle anleggsmidler', 'Total financial assets', 'shares-fixed', 'loans-fixed'),
    assets('fixed', 'Sum anleggsmidler', 'Total fixed assets', 'intangible', 'tangible', 'financial'),
    heading('current-heading', 'Omløpsmidler', 'Current assets'),
    asset('inventories', 'Varer', 'Inventories', {
      codes: [[CURRENT, '1400', '1401', '1470', '1490']],
      accounts: ['1400:1489'],
    }),
    asset('customers', 'Kundefordringer', 'Trade receivables', {
      codes: [[CURRENT, '1500', '1501']],
      accounts: ['1490:1529', '1550:1559'],
    }),
    asset('other-receivables', 'Andre fordringer', 'Other receivables', {
      category: CURRENT,
      accounts: ['1530:1549', '1560:1779'],
    }),
    asset('called-capital', 'Krav på innbetaling av selskapskapital', 'Called-up capital', {
      codes: [[CURRENT, '1780']],
      accounts: ['1780:1799'],
    }),
    assets('receivables', 'Sum fordringer', 'Total receivables', 'customers', 'other-receivables', 'called-capital'),
    asset('investments', 'Investeringer', 'Investments', {
      codes: [[CURRENT, '1800', '1810', '1830', '1840', '1880', '1895']],
      accounts: ['1800:1899'],
    }),
    asset('cash', 'Bankinnskudd, kontanter og lignende', 'Cash and bank deposits', {
      codes: [[CURRENT, '1900', '1920', '1950']],
      accounts: ['1900:1999'],
    }),
    assets('current', 'Sum omløpsmidler', 'Total current assets', 'inventories', 'receivables', 'investments', 'cash'),
    { ...assets('assets', 'Sum eiendeler', 'Total assets', 'fixed', 'current'), total: true },
    heading('equity-heading', 'Egenkapital', 'Equity'),
    debt('share-capital', 'Selskapskapital', 'Share capital', {
      codes: [[EQUITY, '2000', '2015']],
      accounts: ['2000:2009'],
    }),
    debt('own-shares', 'Egne aksjer', 'Own shares', { codes: [[EQUITY, '2010']], accounts: ['2010:2019'] }),
    debt('share-premium', 'Overkurs', 'Share premium', { codes: [[EQUITY, '2020']], accounts: ['2020:2029'] }),
    debt('other-paid-in', 'Annen innskutt egenkapital', 'Other paid-in equity', {
      codes: [[EQUITY, '2030']],
      accounts: ['2030:2039'],
    }),
    debts(
      'paid-in',
      'Sum innskutt egenkapital',
      'Total paid-in equity',
      'share-capital',
      'own-shares',
      'share-premium',
      'other-paid-in',
    ),
    debt('funds', 'Fond', 'Reserves', {
      codes: [[EQUITY, '2041', '2042', '2043', '2045']],
      accounts: ['2040:2049'],
    }),
    debt('other-equity', 'Annen egenkapital', 'Other equity', { category: EQUITY, accounts: ['2050:2099'] }),
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
    debts(
      'retained',
      'Sum opptjent egenkapital',
      'Total retained earnings',
      'funds',
      'other-equity',
      'earlier-results',
      'result-of-year',
    ),
    debts('equity', 'Sum egenkapital', 'Total equity', 'paid-in', 'retained'),
    heading('debt-heading', 'Gjeld', 'Liabilities'),
    debt('pensions', 'Pensjonsforpliktelser', 'Pension liabilities', {
      codes: [[LONG, '2100']],
      accounts: ['2100:2119'],
    }),
    debt('deferred-tax', 'Utsatt skatt', 'Deferred tax', { codes: [[LONG, '2120']], accounts: ['2120:2129'] }),
    debt('other-provisions', 'Andre avsetninger for forpliktelser', 'Other provisions', {
      codes: [[LONG, '2160', '2180', '2185']],
      accounts: ['2130:2199'],
    }),
    debts(
      'provisions',
      'Sum avsetning for forpliktelser',
      'Total provisions',
      'pensions',
      'deferred-tax',
      'other-provisions',
    ),
    debt('long-bank', 'Langsiktig gjeld til kredittinstitusjoner', 'Long-term debt to credit institutions', {
      codes: [[LONG, '2220']],
      accounts: ['2220:2249'],
    }),
    debt('other-long', 'Øvrig langsiktig gjeld', 'Other long-term debt', {
      category: LONG,
      accounts: ['2200:2219', '2250:2299'],
    }),
    debts('long-term', 'Sum annen langsiktig gjeld', 'Total other long-term debt', 'long-bank', 'other-long'),
    debt('short-bank', 'Gjeld til kredittinstitusjoner', 'Debt to credit institutions', {
      codes: [[SHORT, '2380']],
      accounts: ['2380:2398'],
    }),
    debt('suppliers', 'Leverandørgjeld', 'Trade payables', {
      codes: [[SHORT, '2400', '2460']],
      accounts: ['2399:2499'],
    }),
    debt('payable-tax', 'Betalbar skatt', 'Tax payable', {
      codes: [[SHORT, '2500', '2510']],
      accounts: ['2500:2599'],
    }),
    debt('public-duties', 'Skyldige offentlige avgifter', 'Public duties payable', {
      codes: [[SHORT, '2600', '2740', '2770', '2790']],
      accounts: ['2600:2799'],
    }),
    debt('dividend', 'Utbytte', 'Dividend', { codes: [[SHORT, '2800']], accounts: ['2800:2899'] }),
    debt('other-short', 'Annen kortsiktig gjeld', 'Other current liabilities', {
      category: SHORT,
      accounts: ['2300:2379', '2900:2999'],
    }),
    debts(
      'short-term',
      'Sum kortsiktig gjeld',
      'Total current liabilities',
      'short-bank',
      'suppliers',
      'payable-tax',
      'public-duties',
      'dividend',
      'other-short',
    ),
    debts('debt', 'Sum gjeld', 'Total liabilities', 'provisions', 'long-term', 'short-term'),
    {
      ...debts('equity-and-debt', 'Sum egenkapital og gjeld', 'Total equity and liabilities', 'equity', 'debt'),
      total: true,
    },
  ],
}
