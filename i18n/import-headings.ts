import { chartHeadings } from './chart-headings.ts'
import { openingSheetWords } from './opening-sheet-words.ts'
import { partyHeadings } from './party-headings.ts'
import { columnWords } from './sheet-words.ts'

/** A heading in small letters without spaces, figures and signs: what tables of headings are looked up by. */
export const plainHeading = (title: string): string => title.toLowerCase().replace(/[^a-zæøåäöü]/g, '')

const OWN_VOUCHER = new Set(['bilagsid', 'voucherid'])
/** Whether a column holds the ids of our own vouchers, as the journal that goes out of the books has them. */
export const isOwnVoucherHeading = (title: string): boolean => OWN_VOUCHER.has(plainHeading(title))

const named = (words: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([field, names]) => names.map((name) => [plainHeading(name), field] as const)),
  )

const DIMENSIONS = {
  code: ['kode', 'nr', 'nummer', 'avdelingsnr', 'avdeling', 'prosjektnr', 'prosjekt', 'code', 'number', 'value'],
  name: ['navn', 'avdelingsnavn', 'prosjektnavn', 'beskrivelse', 'betegnelse', 'name', 'description'],
  closedFrom: ['stengt fra', 'avsluttet', 'sluttdato', 'lukket', 'closed from', 'end date', 'closed'],
}
const columns = columnWords
const AMOUNTS = {
  amount: [...columns.amount, ...columns.balance, ...openingSheetWords.amount!],
  debit: columns.debit,
  credit: columns.credit,
}
const BALANCES = {
  accountName: [...columns.accountName, ...openingSheetWords.accountName!, 'navn', 'name'],
  account: columns.account,
  ...AMOUNTS,
  text: ['tekst', 'text', 'kommentar'],
}
const ITEMS = {
  account: [...columns.account, 'reskontrokonto'],
  party: columns.party,
  name: openingSheetWords.name!,
  invoiceNumber: [...columns.invoiceNumber, 'bilagsnr', 'bilag', 'dokumentnr'],
  paymentReference: columns.paymentReference,
  invoiceDate: openingSheetWords.invoiceDate!,
  dueDate: columns.dueDate,
  ...AMOUNTS,
  currency: columns.currency,
  currencyAmount: openingSheetWords.currencyAmount!,
  text: columns.text,
}

const OLD_ENTRIES = {
  date: columns.date,
  voucher: columns.voucher,
  type: columns.type,
  accountName: columns.accountName,
  account: columns.account,
  text: columns.text,
  // Not a running balance, which a printed ledger has beside them.
  amount: columns.amount,
  debit: columns.debit,
  credit: columns.credit,
  party: ['reskontro', 'reskontronr', 'motpart', 'part', 'party', 'sub ledger', 'kunde lev', 'kunde leverandør'],
  customer: ['kundenr', 'kundenummer', 'kunde', 'kunde nr', 'customer', 'customer no'],
  supplier: ['leverandørnr', 'leverandørnummer', 'leverandør', 'lev nr', 'levnr', 'supplier', 'supplier no', 'vendor'],
  name: ['kundenavn', 'leverandørnavn', 'navn', 'motpartsnavn', 'name', 'party name'],
  invoiceNumber: columns.invoiceNumber,
  paymentReference: columns.paymentReference,
  dueDate: columns.dueDate,
  vatCode: columns.vatCode,
  currency: columns.currency,
  currencyAmount: openingSheetWords.currencyAmount!,
}

/** What headings mean in each register, Norwegian or English. */
export const importHeadings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  chart: { ...chartHeadings, type: 'type', kontotype: 'type', art: 'type', accounttype: 'type' },
  customers: partyHeadings,
  suppliers: partyHeadings,
  dimensions: named(DIMENSIONS),
  balances: named(BALANCES),
  'open-items': named(ITEMS),
  'old-ledger': named(OLD_ENTRIES),
}

/** Natures of accounts by the words charts use. */
export const accountTypeWords: Readonly<Record<string, 'asset' | 'equity' | 'liability' | 'income' | 'expense'>> = {
  eiendel: 'asset',
  eiendeler: 'asset',
  asset: 'asset',
  assets: 'asset',
  egenkapital: 'equity',
  equity: 'equity',
  gjeld: 'liability',
  liability: 'liability',
  liabilities: 'liability',
  inntekt: 'income',
  inntekter: 'income',
  driftsinntekt: 'income',
  income: 'income',
  revenue: 'income',
  kostnad: 'expense',
  kostnader: 'expense',
  driftskostnad: 'expense',
  expense: 'expense',
  expenses: 'expense',
}

/** Countries that lists write in full. */
export const countryWords: Readonly<Record<string, string>> = {
  norge: 'NO',
  norway: 'NO',
  sverige: 'SE',
  sweden: 'SE',
  danmark: 'DK',
  denmark: 'DK',
  finland: 'FI',
  tyskland: 'DE',
  germany: 'DE',
  storbritannia: 'GB',
}
