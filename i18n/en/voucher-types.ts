import type { voucherTypes as nb } from '../nb/voucher-types.ts'

/** Voucher types and their series, in the settings. */
export const voucherTypes: typeof nb = {
  title: 'Voucher types',
  intro:
    'Each type has a number series of its own. Decide what a voucher must have, who posts it, and which accounts entry begins with.',
  link: 'Voucher types and series',
  new: 'New voucher type',
  column: {
    series: 'Series',
    name: 'Name',
    roles: 'Posted by',
    required: 'Requires',
    payment: 'Payment',
    status: 'Status',
  },
  everyone: 'all who may post',
  offered: 'offered for payment',
  active: 'In use',
  retired: 'Takes no new vouchers',
  neverUsed: 'Not used yet',
  fields: {
    key: 'Key',
    keyHelp: 'Small letters without spaces, for API and sheets. Does not change later.',
    series: 'Series',
    seriesHelp: 'Stands before the voucher number. At most 8 capitals or digits. Does not change later.',
    nameNb: 'Name in Norwegian',
    nameEn: 'Name in English',
    active: 'Takes new vouchers',
    proposedAccount: 'Proposed account',
    proposedCounterAccount: 'Proposed counter-account',
    proposedHelp: 'Filled in when a new voucher is begun. Empty: none.',
    offeredForPayment: 'Supplier items are offered for payment',
    roles: 'Who may post and reverse it',
    rolesHelp: 'None chosen: all who may post vouchers.',
    required: 'What the voucher must have',
    requiredHelp:
      'Invoice number, due date and payment reference are required on lines with a customer or supplier, quantity and dimensions on income and cost.',
  },
  require: {
    documents: 'Attached document',
    text: 'Text on each line',
    quantity: 'Quantity',
    invoiceNumber: 'Invoice number',
    dueDate: 'Due date',
    paymentReference: 'Payment reference',
  },
  create: 'Create voucher type',
}
