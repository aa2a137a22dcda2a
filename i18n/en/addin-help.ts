import type { addinHelp as nb } from '../nb/addin-help.ts'

/** The add-in's pages outside Excel: signing in, and help. */
export const addinHelp: typeof nb = {
  signIn: {
    title: 'Sign in in Excel',
    asks: 'Excel asks to use Hovedbok as {user}.',
    allow: 'Go on as {user}',
    may: 'Excel may',
    scopes: {
      read: 'Read the books, as far as you may yourself.',
      post: 'Post vouchers, and change the chart, customers and suppliers',
      budget: 'Save budgets',
      audit: 'Check the ledger and read the log of changes',
    },
    note: 'The access is for this browser, and lasts until you sign out in the pane or under Security, or have not used it for twelve hours. Posting asks that you have signed in within the last twelve hours.',
    done: 'You are signed in. You can close this window.',
  },
  help: {
    title: 'Hovedbok in Excel',
    intro: 'Enter vouchers, draw figures and see the vouchers behind them without leaving the sheet.',
    vouchers: 'Vouchers',
    vouchersText:
      'Choose Insert a voucher sheet in the pane. Write type, date and account on the first line; a voucher is the lines until they sum to zero, or those with the same voucher ref. Check tries without posting. Post writes number and status on each row. If you press again, nothing is booked twice.',
    functions: 'Functions',
    functionsText:
      'All figures of a workbook are from the same ledger version. Refresh in the pane draws them all anew.',
    keys: 'Shortcuts',
    argument: 'Argument',
    optional: 'may be left out',
  },
}
