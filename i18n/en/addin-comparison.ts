import type { addinComparison as nb } from '../nb/addin-comparison.ts'

export const addinComparison: typeof nb = {
  sheetName: 'Last year',
  heading: 'Last year’s figures for comparison {from:month}–{to:month}',
  sheetHead: '{company}. Accounts down, months across. Plus is debit. Nothing is booked.',
  empty:
    'Last year’s figures from the previous system, accounts down and months across. They stand beside this year’s in reports, and are not booked.',
  saved: 'Everything is saved',
  unsaved: 'Not saved yet',
  month: 'Month',
  result: 'Result',
  balance: 'Balance',
  sum: 'Sum',
  save: 'Save last year’s figures',
  promise: 'Save the same again and nothing changes.',
}
