import type { copySettings as nb } from '../nb/copy-settings.ts'

export const copySettings: typeof nb = {
  title: 'Copy settings',
  link: 'Copy from another company',
  intro:
    'Choose the company to copy from. Nothing changes before you have seen the differences and chosen what to take.',
  none: 'You have no access to the settings of any other company.',
  from: 'Copy from',
  choose: 'Choose a company',
  show: 'Show differences',
  same: 'The settings are those of {company}.',
  column: { take: 'Take', here: 'Here' },
  submit: 'Copy what is chosen',
  done: 'Copied: {count}.',
  missing: 'Not here',
  nothing: 'none',
  yes: 'yes',
  no: 'no',
  voucherType: 'Voucher type {name}',
  settings: {
    vatTerm: 'VAT period',
    vatAmountLimit: 'Largest difference from computed VAT',
    matchDifferenceLimit: 'Largest difference when matching',
    modules: 'Modules',
  },
  modules: { ledger: 'Ledger', dimensions: 'Dimensions' },
  fields: {
    series: 'Series',
    active: 'In use',
    allowedRoles: 'Posted by',
    required: 'Demands',
    proposedAccount: 'Proposed account',
    proposedCounterAccount: 'Proposed counter account',
    offeredForPayment: 'For payment',
    nameNb: 'Norwegian name',
    nameEn: 'English name',
  },
}
