import type { addinCommands as nb } from '../nb/addin-commands.ts'

/** What the manifests say, and the names of commands. */
export const addinCommands: typeof nb = {
  ribbon: {
    group: 'Hovedbok',
    description: 'Enter vouchers and draw figures from the ledger without leaving the sheet.',
    getStarted: 'Hovedbok is ready',
    getStartedHelp: 'Open the pane from the Home tab.',
  },
  /** Commands on the ribbon, in the menu of a cell and by keys: the name and what it does. */
  commands: {
    openPane: ['Open pane', 'Vouchers, report and check in a pane beside the sheet.'],
    newVoucher: ['New voucher', 'Makes ready for a voucher below the last, with its type and date.'],
    chooseInCell: ['Put in account …', 'Finds an account, customer, VAT code or dimension for the cell in the pane.'],
    checkVouchers: ['Check vouchers', 'Tries the vouchers of the sheet without posting anything.'],
    postVouchers: ['Post vouchers', 'Posts the vouchers that are ready. If you press again, nothing is booked twice.'],
    refreshFigures: ['Refresh figures', 'Draws every figure of the workbook anew, all from one ledger version.'],
    nextIssue: ['Next error', 'Goes to the next cell that must be put right, and says what is wrong.'],
    switchLanguage: ['Switch language', 'Switches the pane between Norwegian and English.'],
    showVoucher: ['Show voucher', 'Shows the voucher that the row or figure comes from.'],
    drillDown: ['Show entries', 'Shows the entries behind the figure in the cell.'],
  },
}
