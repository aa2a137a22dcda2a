/** What a column of a sheet holds: one of a company's own dimensions, or what its title says. */
export type Meaning = `dimensions/${string}` | NamedMeaning
type NamedMeaning =
  | 'voucher'
  | 'type'
  | 'date'
  | 'documentDate'
  | 'dueDate'
  | 'account'
  | 'debitAccount'
  | 'creditAccount'
  | 'contraAccount'
  | 'accountName'
  | 'party'
  | 'vatCode'
  | 'vatAmount'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'side'
  | 'department'
  | 'project'
  | 'text'
  | 'invoiceNumber'
  | 'paymentReference'
  | 'balance'
  | 'currency'
  | 'currencyAmount'
  | 'rate'
  | 'status'

// Words found in sheets, in Norwegian and English, whatever language the page is in: people paste what they were given.

/** Names of columns, in small letters without marks. */
export const columnWords = {
  voucher: [
    'bilag',
    'bilagsnr',
    'bilagsnummer',
    'bilag nr',
    'bilags nr',
    'bnr',
    'bilagsnøkkel',
    'transaksjon',
    'transaksjonsnr',
    'transaksjonsnummer',
    'voucher',
    'voucher no',
    'voucher number',
    'voucher key',
    'journal no',
    'journal number',
    'journalnr',
    'transaction',
    'transaction no',
    'transaction id',
  ],
  type: ['bilagsart', 'art', 'bilagstype', 'serie', 'bilagsserie', 'voucher type', 'journal type', 'series', 'journal'],
  date: [
    'dato',
    'bilagsdato',
    'bokføringsdato',
    'posteringsdato',
    'regnskapsdato',
    'transaksjonsdato',
    'bokført dato',
    'bokført',
    'date',
    'voucher date',
    'posting date',
    'transaction date',
    'booking date',
  ],
  documentDate: ['fakturadato', 'dokumentdato', 'invoice date', 'document date'],
  dueDate: ['forfall', 'forfallsdato', 'due', 'due date'],
  account: [
    'konto',
    'kontonr',
    'kontonummer',
    'konto nr',
    'kto',
    'hovedbokskonto',
    'hovedbokkonto',
    'account',
    'account no',
    'account number',
    'account nr',
    'gl account',
    'ledger account',
  ],
  debitAccount: [
    'debetkonto',
    'debet konto',
    'konto debet',
    'debitkonto',
    'debit konto',
    'debit account',
    'account debit',
  ],
  creditAccount: ['kreditkonto', 'kredit konto', 'konto kredit', 'credit account', 'account credit'],
  contraAccount: ['motkonto', 'mot konto', 'contra account', 'offset account', 'counter account', 'balancing account'],
  accountName: ['kontonavn', 'konto navn', 'kontotekst', 'account name', 'account description'],
  party: [
    'kundenr',
    'kundenummer',
    'kunde',
    'kunde nr',
    'leverandørnr',
    'leverandørnummer',
    'leverandør',
    'lev nr',
    'levnr',
    'reskontro',
    'reskontronr',
    'motpart',
    'kunde lev',
    'kunde leverandør',
    'kundelevnr',
    'part',
    'customer',
    'customer no',
    'supplier',
    'supplier no',
    'vendor',
    'party',
    'sub ledger',
  ],
  vatCode: [
    'mva',
    'mva kode',
    'mvakode',
    'avgiftskode',
    'avg kode',
    'mva kd',
    'mva type',
    'vat',
    'vat code',
    'tax code',
    'tax',
  ],
  vatAmount: ['mva beløp', 'mvabeløp', 'herav mva', 'avgift', 'vat amount', 'tax amount'],
  amount: [
    'beløp',
    'beløp nok',
    'sum',
    'beløp inkl mva',
    'brutto',
    'bruttobeløp',
    'beløp i nok',
    'nok',
    'kr',
    'amount',
    'amount nok',
    'gross',
    'gross amount',
    'total',
  ],
  debit: ['debet', 'debit', 'deb', 'debet beløp', 'beløp debet', 'debit amount', 'dr'],
  credit: ['kredit', 'credit', 'kred', 'kredit beløp', 'beløp kredit', 'credit amount', 'cr'],
  side: ['d k', 'dk', 'debet kredit', 'd c', 'dc', 'debit credit', 'fortegn'],
  department: ['avdeling', 'avd', 'avdelingsnr', 'avd nr', 'dept', 'department', 'cost centre', 'cost center'],
  project: ['prosjekt', 'prosjektnr', 'prosj', 'prosjekt nr', 'project', 'project no'],
  text: [
    'tekst',
    'beskrivelse',
    'bilagstekst',
    'posteringstekst',
    'linjetekst',
    'forklaring',
    'kommentar',
    'text',
    'description',
    'narrative',
    'memo',
    'details',
  ],
  invoiceNumber: ['faktura', 'fakturanr', 'fakturanummer', 'faktura nr', 'invoice', 'invoice no', 'invoice number'],
  paymentReference: [
    'kid',
    'kid nr',
    'kidnr',
    'kid nummer',
    'payment reference',
    'payment reference kid',
    'reference no',
  ],
  balance: ['saldo', 'akkumulert', 'løpende saldo', 'inngående saldo', 'utgående saldo', 'balance', 'running balance'],
  currency: ['valuta', 'valutakode', 'currency', 'currency code'],
  currencyAmount: [
    'valutabeløp',
    'beløp valuta',
    'beløp i valuta',
    'currency amount',
    'amount currency',
    'amount in currency',
    'foreign amount',
  ],
  rate: ['kurs', 'valutakurs', 'vekslingskurs', 'rate', 'exchange rate', 'currency rate'],
  status: ['status'],
} satisfies Record<NamedMeaning, string[]>

/** A row that begins so is a sum, not a line. */
export const sumWords = [
  'sum',
  'total',
  'totalt',
  'totalsum',
  'delsum',
  'subtotal',
  'mellomsum',
  'sum bilag',
  'i alt',
  'grand total',
  'balanse',
  'differanse',
  'difference',
]

/** Which side a word in a column of sides means. */
export const sideWords = {
  d: 1,
  debet: 1,
  debit: 1,
  dr: 1,
  '+': 1,
  k: -1,
  kredit: -1,
  c: -1,
  credit: -1,
  cr: -1,
  '-': -1,
} as Record<string, 1 | -1>
