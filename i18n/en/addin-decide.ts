import type { addinDecide as nb } from '../nb/addin-decide.ts'

/** What the pane asks about vouchers that no cell can answer: rows that are gone, and why one books in a locked month. */
export const addinDecide: typeof nb = {
  gone: {
    one: '1 posted voucher is no longer in the workbook',
    many: '{count} posted vouchers are no longer in the workbook',
  },
  goneHelp:
    'They stand in the ledger. Are the rows tidied away, in another file, or pasted without the hidden columns, choose Let it stand.',
  annul: 'Annul',
  annulOne: 'Annul {voucher}',
  letStand: 'Let it stand',
  letStandOne: 'Let {voucher} stand',
  letAllStand: 'Let all stand',
  more: { one: 'and 1 more', many: 'and {count} more' },
  reason: 'Reason',
  reasonHelp:
    'The month is locked for all but accountants. The reason goes with the voucher, and stands in the audit trail.',
}
