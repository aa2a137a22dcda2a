import type { addinMore as nb } from '../nb/addin-more.ts'

/** What is seldom needed: language, the workbook as a whole, the user. */
export const addinMore: typeof nb = {
  probes: 'For developers: probe Excel',
  probesHelp:
    'Puts small questions to this Excel, in sheets that are deleted again. Use an empty workbook. The answers go to tests/fixtures/excel-probes.',
  runProbes: 'Run the probes',
  probeAnswers: '{count} answers',
  language: 'Language',
  sheets: 'Insert a sheet',
  workbook: 'The workbook',
  clear: 'Clear for reuse',
  clearHelp:
    'Removes status, numbers and keys from posted lines, so that they can be filled anew. What is posted stands in the ledger.',
  keys: 'Shortcuts',
  keysHelp: 'They work in the sheet and in the pane.',
  keysChoice: 'Work in the sheet and in the pane alike. Choose another letter where keys are taken.',
  keyOf: 'Letter for {command}',
  keyUse: 'Use {keys}',
  keysTaken: '{keys} is used by Excel or another add-in. Choose another letter.',
  keysFailed: 'Excel did not change the keys, so they are as before. Try again, or open the pane anew.',
  keysReset: 'Use the original keys',
  user: 'User',
  signOut: 'Sign out',
  help: 'Help and functions',
  /** What the kinds of sheets are for. */
  sheetHelp: {
    vouchers: 'Vouchers are written or pasted, tried, and posted from here.',
    budget: 'Accounts down and months across. Only changed cells are sent, and nothing of others is written over.',
    opening: 'Balances and open items of the old system, checked while they are filled in, and booked as one voucher.',
    movements:
      'Movements by month from the old system, checked while they are filled in, and booked as one voucher a month.',
    comparison: 'Last year’s figures by month from the old system, to compare with in reports. Nothing is booked.',
    accounts: 'The chart of accounts as rows. Only changed rows are sent; new ones are written at the end.',
    parties: 'The register as rows. Only changed rows are sent, and the same row twice doubles nothing.',
  },
}
