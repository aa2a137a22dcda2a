import type * as nb from '../nb/imports.ts'

export const told: Record<keyof typeof nb.told, string> = {
  'account-made': 'Account {account} was not in the chart of the file, and was created.',
  'account-no-control':
    'Account {account} has both customers and suppliers. It became a control account for {kindName}s.',
  'currency-not-kept': 'The currency could not be read on every line. Amounts in kroner are unchanged.',
  'dimension-made': 'The dimension {dimension} was not described in the file, and was created.',
  'dimension-value-made': 'The value {value} of {dimension} was not described in the file, and was created.',
  'dimension-not-kept': 'Lines with several values of {dimension} without amounts got the first only.',
  'opening-skipped': 'The company has entries already. The opening balance of the file was not booked again.',
  'opening-to-technical-party':
    'Account {account}: {amount:kroner} of the opening balance belongs to nobody, and stands on {kindName} {party}.',
  'other-company': 'The file is of organisation number {file}. The company has {own}.',
  'party-other-name': '{KindName} {party} is called {name} in the file and {own} here. They are booked as the same.',
  'party-made': '{KindName} {party} was not in the register of the file, and was created.',
  'party-missing': 'Account {account}: lines without a {kindName} stand on {kindName} {party}.',
  'party-not-kept': 'Account {account} is no control account. The customer or supplier of its lines was left out.',
  'period-differs': 'The period of a transaction is not the month of its date. The date counts.',
  'result-not-moved':
    'The result of {year}, {result:kroner}, is not moved to equity. Closing the year proposes the voucher.',
  'tax-not-kept': 'Lines with several tax codes and no base for each got the first only.',
  'tax-code-unknown': 'Tax code {taxCode} matches no standard code. Its lines have no VAT code.',
  'text-cut': 'Texts above 255 characters were cut in the entries. The file is kept whole.',
  'transaction-empty': 'Transaction {transaction} has no amounts, and was not booked.',
  'transaction-outside': 'The date of a transaction is outside the selection of the file. It is booked on its date.',
  'transaction-twice': 'Transaction {transaction} stands several times. All are booked.',
  'vat-line-not-found': 'VAT of code {taxCode}: no line on a VAT account was found for the amount.',
  'vat-not-registered': 'The file has VAT, but says that the company is not registered for VAT.',
  'organisation-number': 'Organisation number {value} fails its check digit, and was left out.',
}

export const differences: Record<keyof typeof nb.differences, string> = {
  'opening-sum': 'The opening balance does not balance. {difference:kroner} stands on account 1999.',
  'account-opening':
    'Account {account} opens at {file:kroner} in the file, {ours:kroner} in the books. Difference {difference:kroner}.',
  'account-closing':
    'Account {account} closes at {file:kroner} in the file, {ours:kroner} in the books. Difference {difference:kroner}.',
  'account-month':
    'Account {account}, {period:month}: moves by {file:kroner} in the file, {ours:kroner} in the books. Difference {difference:kroner}.',
  'party-opening':
    '{KindName} {party} opens at {file:kroner} in the file, {ours:kroner} in the sub-ledger. Difference {difference:kroner}.',
  'party-closing':
    '{KindName} {party} closes at {file:kroner} in the file, {ours:kroner} in the sub-ledger. Difference {difference:kroner}.',
  'total-entries': 'The file states {file} transactions, but has {ours}.',
  'total-debit': 'The file states a debit total of {file:kroner}, but its lines have {ours:kroner}.',
  'total-credit': 'The file states a credit total of {file:kroner}, but its lines have {ours:kroner}.',
  'vat-base': 'VAT code {taxCode}, {period}: base in the file {file:kroner}, in the books {ours:kroner}.',
  'vat-tax': 'VAT code {taxCode}, {period}: tax in the file {file:kroner}, in the books {ours:kroner}.',
}

export const made: typeof nb.made = {
  account: 'Account {account}',
  customer: 'No customer',
  supplier: 'No supplier',
  observation: 'Suspense account',
  receivables: 'Trade receivables',
  payables: 'Trade payables',
  opening: 'Opening balance',
  openingItem: 'Invoice {invoice}',
  takenOver: 'Account {account} in the previous system',
  importUndone: 'The import was undone',
  movements: 'Movements {month}',
}
