import type { addinEntry as nb } from '../nb/addin-entry.ts'

/** What stands in the pane before a company is open. */
export const addinEntry: typeof nb = {
  title: 'Hovedbok in Excel',
  lede: 'Enter vouchers, draw figures and see the vouchers behind them without leaving the sheet.',
  signIn: {
    button: 'Sign in',
    waiting: 'Finish signing in in the window that opened.',
    withKey: 'Use an API key',
    key: 'API key',
    keyHelp: 'Holds until the pane is closed. The key is never kept in the workbook.',
    useKey: 'Use the key',
  },
  companies: {
    title: 'Choose a company',
    help: 'The workbook will belong to the company you choose.',
    search: 'Search by name or organisation number',
    nothing: 'No company fits the search.',
    restored: 'restored {at}',
    none: 'You have no access to a company yet.',
    noneHelp: 'Ask an administrator to add you.',
    bound: 'The workbook belongs to {company}.',
    boundHelp: 'Change to a user with access, or make a new workbook.',
    back: 'Back',
  },
}
