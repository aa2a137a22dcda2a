import type { addinHelp as nb } from '../nb/addin-help.ts'

/** The add-in's pages outside Excel: signing in, and help. */
export const addinHelp: typeof nb = {
  signIn: {
    title: 'Sign in in Excel',
    asks: 'Excel asks to use Hovedbok as {user}.',
    allow: 'Go on as {user}',
    note: 'The access lasts until you sign out in the pane, or have not used it for twelve hours.',
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
