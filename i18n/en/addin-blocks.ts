import type { addinBlocks as nb } from '../nb/addin-blocks.ts'

/** Reports that are pulled into sheets, samples and findings: their columns, and the line under each. */
export const addinBlocks: typeof nb = {
  columns: {
    'trial-balance': ['Account', 'Name', 'Opening', 'Debit', 'Credit', 'Closing'],
    'general-ledger': ['Account', 'Voucher', 'Line', 'Date', 'Text', 'VAT code', 'Amount', 'Balance'],
    'voucher-journal': ['No.', 'Line', 'Voucher', 'Date', 'Account', 'Text', 'VAT code', 'Amount'],
    'customer-items': ['Item', 'Customer', 'Name', 'Voucher', 'Invoice', 'Date', 'Due', 'Amount', 'Rest'],
    'supplier-items': ['Item', 'Supplier', 'Name', 'Voucher', 'Invoice', 'Date', 'Due', 'Amount', 'Rest'],
    'vat-specification': ['Term', 'Kind', 'VAT code', 'Specification', 'Rate', 'Base', 'VAT'],
    'event-log': ['No.', 'Time', 'By', 'Event', 'Concerns', 'Changed from and to'],
    entries: ['Date', 'Voucher', 'Account', 'Text', 'Amount'],
    sample: ['No.', 'Voucher', 'Date', 'Text', 'Amount', 'Posted by', 'Checked', 'Note'],
    journalTests: ['Test', 'Voucher', 'Date', 'Text', 'Amount', 'Posted by', 'Posted', 'Note'],
    firstDigits: ['Digit', 'Count', 'Share', 'Expected', 'Note'],
  },
  total: 'Total',
  opening: 'Opening',
  budget: 'Budget',
  vatKinds: { due: 'To pay', deduction: 'Deduction' },
  checks: {
    'trial-balance': { holds: 'The sum is zero.', fails: 'The sum is not zero.' },
    'general-ledger': { holds: 'The sum is zero.', fails: 'The sum is not zero.' },
    'voucher-journal': { holds: 'The sum is zero.', fails: 'The sum is not zero.' },
    'customer-items': { holds: 'Equal to the control accounts.', fails: 'Not equal to the control accounts.' },
    'supplier-items': { holds: 'Equal to the control accounts.', fails: 'Not equal to the control accounts.' },
    'vat-specification': { holds: 'Equal to the VAT accounts.', fails: 'Not equal to the VAT accounts.' },
    'event-log': { holds: '', fails: '' },
  },
  entriesFoot: 'Hovedbok: {address} {formula}, version {version}.',
  sumIsCell: 'The sum is the cell.',
  foot: 'Hovedbok: version {version}, head {head}, {from} to {to}, drawn {at}. Verify in the pane under Check.',
  methods: { unit: 'monetary unit', random: 'random', largest: 'the largest' },
  period: ' from {from} to {to}',
  sampleFoot:
    'Hovedbok: sample by {method}, seed {seed}, of {count} vouchers{period} up to version {version}, head {head}. The same seed and version give the same sample.',
  journalTests: {
    afterLock: 'Booked after its month was locked',
    weekend: 'Posted in a weekend',
    late: 'Posted over 60 days after the voucher date',
    round: 'Round sum',
    twice: 'Same day, accounts and amounts as another',
    reversal: 'Reversal',
    firstDigit: 'Begins with a digit that is too frequent',
    noText: 'Without text',
  },
  conspicuous: 'More often than chance',
  digitsFoot:
    'Hovedbok: first digits of {count} voucher amounts{period} up to version {version}, head {head}. Expected by Benford’s law; under 300 amounts it says little.',
  journalFoot:
    'Hovedbok: {count} vouchers{period} up to version {version}, head {head}. A finding is no fault, but something to look at.',
  documentList: 'List',
  documentColumns: ['Voucher', 'Date', 'Text', 'Amount', 'Stamp', 'File', 'SHA-256', 'Agrees with the archive'],
  yes: 'yes',
  no: 'no',
}
