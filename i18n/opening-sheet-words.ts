/** Names of columns in lists of balances and open items, in small letters without marks, beside those of vouchers. */
export const openingSheetWords: Readonly<Record<string, readonly string[]>> = {
  name: ['navn', 'kundenavn', 'leverandørnavn', 'partnavn', 'name', 'customer name', 'supplier name'],
  accountName: ['kontonavn', 'beskrivelse', 'betegnelse', 'account name', 'description'],
  invoiceDate: ['dato', 'fakturadato', 'bilagsdato', 'invoice date', 'date', 'document date'],
  amount: [
    'beløp',
    'saldo',
    'utgående saldo',
    'utgående balanse',
    'ub',
    'ib',
    'inngående balanse',
    'opening balance',
    'rest',
    'restbeløp',
    'gjenstående',
    'åpent beløp',
    'balance',
    'closing balance',
    'remaining',
    'open amount',
    'amount',
  ],
  currencyAmount: ['valutabeløp', 'beløp i valuta', 'currency amount', 'amount in currency'],
  customer: ['kunde', 'kundenr', 'kunde nr', 'kundenummer', 'customer', 'customer no', 'customer number'],
  supplier: [
    'leverandør',
    'leverandørnr',
    'leverandør nr',
    'leverandørnummer',
    'lev nr',
    'supplier',
    'supplier no',
    'supplier number',
    'vendor',
  ],
}

/** Of several columns of balances the one called so is what stands at the end, and is what counts. */
export const closingWords = [
  'utgående saldo',
  'utgående balanse',
  'ub',
  'rest',
  'restbeløp',
  'gjenstående',
  'åpent beløp',
  'closing balance',
  'remaining',
  'open amount',
]
/** What stood at the beginning: it never counts beside another. */
export const openingWords = ['inngående saldo', 'inngående balanse', 'ib', 'opening balance']
