import type { addinReport as nb } from '../nb/addin-report.ts'

/** The pane’s reports, what is behind a figure, and freezing. */
export const addinReport: typeof nb = {
  emptyTitle: 'Select a cell with a figure from Hovedbok',
  empty: 'The entries behind it will stand here. Write for instance =LEDGER.BALANCE(1920,2026) in a cell.',
  entries: { one: '1 entry', many: '{count} entries' },
  equalsCell: '{entries} = the cell',
  opening: 'Opening',
  differs: 'The entries give {sum}, the cell says {figure}.',
  more: 'There are more entries than the pane shows.',
  open: 'Open',
  account: 'Account {account}',
  line: 'Line {line}',
  budgeted: 'Budget, {month}',
  budgetEqualsCell: 'The budget = the cell',
  voucherOfRow: 'The voucher that the row belongs to.',
  noEntries: 'There are no entries to show behind this cell. If it is a sum, choose one of the lines in it.',
  refresh: 'Refresh all figures',
  freeze: 'Freeze figures …',
  freezeHelp:
    'Puts values in place of every formula with figures from Hovedbok in the workbook. It cannot be undone, but a sheet of its own shows the formulas, the time and the version.',
  freezeNow: 'Turn into values',
  now: 'Now, in the newest version: {figure}',
  typedOver: 'The cell says {sheet}. It was typed over.',
  manyAccounts: '{count} accounts',
  toSheet: 'To a sheet',
  cellsOf: 'Cells from this voucher',
  document: 'Document, stamp {stamp}',
  counts: { one: 'The voucher counts in 1 cell', many: 'The voucher counts in {count} cells' },
  countsOutdated: {
    one: '1 cell of a list is older than the ledger, and is not counted. Refresh first.',
    many: '{count} cells of lists are older than the ledger, and are not counted. Refresh first.',
  },
  countsNowhere: 'The voucher counts in no cell with functions here.',
  changes: { one: '1 cell has changed', many: '{count} cells have changed' },
  pack: 'All reports',
  packHelp:
    'Income statement, balance sheet, trial balance, ledger, vouchers, open items, VAT and changes, all from one version.',
  pullTitle: 'Report to sheet',
  pullHelp: 'Pulled as values, with a seal that shows whether anything is written over.',
  year: 'Fiscal year',
  report: 'Report',
  pullNow: 'Pull into a sheet',
  showMore: { one: 'Show 1 more', many: 'Show {count} more' },
  /** What is told of them when they are done. */
  notices: {
    frozen: '{frozen} {frozen#cell is a value/cells are values} now. The formulas stand in a sheet of their own.',
    frozenSome:
      '{frozen} {frozen#cell is a value/cells are values} now. {left} showed no value and were kept as formulas.',
    pulled: 'The report is in the workbook, {rows} {rows#row/rows}. Under Check it can be proved at any time.',
    packed:
      '{reports} reports were pulled, {rows} {rows#row/rows}, all from one version. They can be verified under Check at any time.',
    entriesWritten: 'The entries are in a sheet of their own, {rows} {rows#row/rows}.',
    refreshed: 'All figures were drawn anew. {cells} {cells#cell has/cells have} changed.',
    unchanged: 'All figures were drawn anew. None has changed.',
    documents: '{files} {files#document was/documents were} put in a zip with a list. {without} vouchers have none.',
    documentsWrong: '{wrong} of {files} documents are not those that were archived. The list says which.',
    blocked:
      'All figures were drawn anew, but {reports} reports need more room. Move what stands right below them, and refresh again.',
    older:
      '{reports} reports were left as they were. Those with the columns of an older version of the add-in are deleted and pulled again; else what stands right below must be moved.',
    auditWritten: 'The result is in a sheet of its own.',
    auditSaved: 'The audit report is saved as PDF.',
    journalTests: 'The journal tests found {findings} vouchers to look at.',
  },
}
