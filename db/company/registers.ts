import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * A company's registers and settings as drizzle sees them, for typed reads. The schema itself, with its checks, indexes and triggers, is the hand-read SQL
 * in migrations/; a test holds the two together. Money is INTEGER øre, days and instants TEXT.
 */
export const company = sqliteTable('company', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  organisationNumber: text('organisation_number'),
  currency: text('currency').notNull().default('NOK'),
  vatRegistered: integer('vat_registered', { mode: 'boolean' }).notNull(),
  reverseChargeLiable: integer('reverse_charge_liable', { mode: 'boolean' }).notNull().default(false),
  vatTerm: text('vat_term', { enum: ['two-months', 'year'] })
    .notNull()
    .default('two-months'),
  vatAmountLimit: integer('vat_amount_limit').notNull().default(100),
  matchDifferenceLimit: integer('match_difference_limit').notNull().default(100),
  cutOverDate: text('cut_over_date'),
  modules: text('modules', { mode: 'json' }).$type<string[]>().notNull().default(['ledger', 'dimensions']),
  factsVersion: integer('facts_version').notNull().default(1),
  version: integer('version').notNull().default(1),
  createdAt: text('created_at').notNull(),
})

export const fiscalYear = sqliteTable('fiscal_year', {
  year: integer('year').primaryKey(),
  firstDate: text('first_date').notNull(),
  lastDate: text('last_date').notNull(),
})

export const period = sqliteTable('period', {
  month: text('month').primaryKey(),
  year: integer('year').notNull(),
  level: text('level', { enum: ['open', 'soft', 'hard'] })
    .notNull()
    .default('open'),
})

export const periodLock = sqliteTable('period_lock', {
  id: text('id').primaryKey(),
  fromMonth: text('from_month').notNull(),
  toMonth: text('to_month').notNull(),
  level: text('level', { enum: ['open', 'soft', 'hard'] }).notNull(),
  reason: text('reason').notNull(),
  by: text('by').notNull(),
  recordedAt: text('recorded_at').notNull(),
  ledgerVersion: integer('ledger_version').notNull(),
  hash: text('hash').notNull(),
  differences: text('differences'),
})

export const account = sqliteTable('account', {
  number: text('number').primaryKey(),
  nameNb: text('name_nb').notNull(),
  nameEn: text('name_en').notNull(),
  type: text('type', { enum: ['asset', 'equity', 'liability', 'income', 'expense'] }).notNull(),
  control: text('control', { enum: ['customer', 'supplier'] }),
  defaultVatCode: text('default_vat_code'),
  vatCodeRequired: integer('vat_code_required', { mode: 'boolean' }).notNull().default(false),
  allowedVatCodes: text('allowed_vat_codes', { mode: 'json' }).$type<string[]>(),
  groupingCategory: text('grouping_category'),
  groupingCode: text('grouping_code'),
  externalNumber: text('external_number'),
  closedFrom: text('closed_from'),
  version: integer('version').notNull().default(1),
})

export const vatCode = sqliteTable('vat_code', {
  code: text('code').primaryKey(),
  nameNb: text('name_nb').notNull(),
  nameEn: text('name_en').notNull(),
  direction: text('direction', { enum: ['output', 'input', 'reverse', 'none'] }).notNull(),
  rateClass: text('rate_class'),
  deductible: integer('deductible', { mode: 'boolean' }).notNull(),
  outputAccount: text('output_account'),
  inputAccount: text('input_account'),
  validFrom: text('valid_from'),
  validTo: text('valid_to'),
  specifications: text('specifications', { mode: 'json' }).$type<string[]>().notNull().default([]),
  version: integer('version').notNull().default(1),
})

export const vatRate = sqliteTable(
  'vat_rate',
  {
    rateClass: text('rate_class').notNull(),
    validFrom: text('valid_from').notNull(),
    rate: integer('rate').notNull(),
  },
  (t) => [primaryKey({ columns: [t.rateClass, t.validFrom] })],
)

export const voucherType = sqliteTable('voucher_type', {
  key: text('key').primaryKey(),
  series: text('series').notNull(),
  nameNb: text('name_nb').notNull(),
  nameEn: text('name_en').notNull(),
  active: integer('active', { mode: 'boolean' }).notNull().default(true),
  version: integer('version').notNull().default(1),
})

export const voucherTypeRule = sqliteTable('voucher_type_rule', {
  voucherType: text('voucher_type').primaryKey(),
  allowedRoles: text('allowed_roles', { mode: 'json' }).$type<string[]>(),
  required: text('required', { mode: 'json' }).$type<string[]>().notNull(),
  proposedAccount: text('proposed_account'),
  proposedCounterAccount: text('proposed_counter_account'),
  offeredForPayment: integer('offered_for_payment', { mode: 'boolean' }).notNull().default(false),
})

export const dimension = sqliteTable('dimension', {
  key: text('key').primaryKey(),
  nameNb: text('name_nb').notNull(),
  nameEn: text('name_en').notNull(),
  position: integer('position').notNull(),
})

export const dimensionValue = sqliteTable(
  'dimension_value',
  {
    dimension: text('dimension').notNull(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    closedFrom: text('closed_from'),
    version: integer('version').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.dimension, t.code] })],
)

export const dimensionRule = sqliteTable(
  'dimension_rule',
  {
    account: text('account').notNull(),
    dimension: text('dimension').notNull(),
    rule: text('rule', { enum: ['required', 'forbidden'] }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.dimension] })],
)

export const party = sqliteTable(
  'party',
  {
    kind: text('kind', { enum: ['customer', 'supplier'] }).notNull(),
    number: text('number').notNull(),
    name: text('name').notNull(),
    organisationNumber: text('organisation_number'),
    controlAccount: text('control_account').notNull(),
    address: text('address'),
    postalCode: text('postal_code'),
    city: text('city'),
    country: text('country'),
    email: text('email'),
    phone: text('phone'),
    bankAccount: text('bank_account'),
    paymentTermsDays: integer('payment_terms_days'),
    defaultAccount: text('default_account'),
    defaultVatCode: text('default_vat_code'),
    note: text('note'),
    externalNumber: text('external_number'),
    defaultDimensions: text('default_dimensions', { mode: 'json' }).$type<Record<string, string>>(),
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
    version: integer('version').notNull().default(1),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.number] })],
)

export const importJob = sqliteTable('import_job', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  fileName: text('file_name'),
  fileSha256: text('file_sha256').notNull(),
  fileSize: integer('file_size').notNull(),
  by: text('by').notNull(),
  recordedAt: text('recorded_at').notNull(),
  receipt: text('receipt'),
  fileKey: text('file_key'),
  agreedAt: text('agreed_at'),
  agreedBy: text('agreed_by'),
  agreedVersion: integer('agreed_version'),
  undoneAt: text('undone_at'),
  undoneBy: text('undone_by'),
  cutOverDate: text('cut_over_date'),
  cutOverBefore: text('cut_over_before'),
  undoBegunAt: text('undo_begun_at'),
})

export const requestKey = sqliteTable('request_key', {
  key: text('key').primaryKey(),
  requestHash: text('request_hash').notNull(),
  status: integer('status').notNull(),
  answer: text('answer').notNull(),
  recordedAt: text('recorded_at').notNull(),
})

export const currencyRate = sqliteTable(
  'currency_rate',
  {
    currency: text('currency').notNull(),
    rateDate: text('rate_date').notNull(),
    rate: text('rate').notNull(),
    unit: integer('unit').notNull(),
    source: text('source', { enum: ['norges-bank', 'manual'] }).notNull(),
    by: text('by').notNull(),
    recordedAt: text('recorded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.currency, t.rateDate] })],
)

export const currencyRevaluation = sqliteTable('currency_revaluation', {
  voucherId: text('voucher_id').primaryKey(),
  revaluationDate: text('revaluation_date').notNull(),
  reversalDate: text('reversal_date').notNull(),
  by: text('by').notNull(),
  recordedAt: text('recorded_at').notNull(),
})

export const splitKey = sqliteTable('split_key', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  dimension: text('dimension').notNull(),
  shares: text('shares', { mode: 'json' }).$type<[code: string, weight: number][]>().notNull(),
  active: integer('active', { mode: 'boolean' }).notNull().default(true),
  version: integer('version').notNull().default(1),
})

export const scopeLock = sqliteTable('scope_lock', {
  id: text('id').primaryKey(),
  scope: text('scope').notNull(),
  fromAccount: text('from_account'),
  toAccount: text('to_account'),
  fromMonth: text('from_month').notNull(),
  toMonth: text('to_month').notNull(),
  level: text('level', { enum: ['open', 'soft', 'hard'] }).notNull(),
  reason: text('reason').notNull(),
  by: text('by').notNull(),
  recordedAt: text('recorded_at').notNull(),
  ledgerVersion: integer('ledger_version').notNull(),
  hash: text('hash').notNull(),
  differences: text('differences'),
})

export const yearClosing = sqliteTable('year_closing', {
  id: text('id').primaryKey(),
  year: integer('year').notNull(),
  lockId: text('lock_id').notNull(),
  voucherId: text('voucher_id'),
  result: integer('result').notNull(),
  ledgerVersion: integer('ledger_version').notNull(),
  figures: text('figures').notNull(),
  hash: text('hash').notNull(),
  by: text('by').notNull(),
  recordedAt: text('recorded_at').notNull(),
})
export const template = sqliteTable('template', {
  key: text('key').primaryKey(),
  version: integer('version').notNull(),
  active: integer('active', { mode: 'boolean' }).notNull().default(true),
  content: text('content').notNull(),
  officeVersion: integer('office_version'),
  officeContent: text('office_content'),
})

export const templateVersion = sqliteTable(
  'template_version',
  {
    key: text('key').notNull(),
    version: integer('version').notNull(),
    content: text('content').notNull(),
    by: text('by').notNull(),
    recordedAt: text('recorded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.version] })],
)

export const recurring = sqliteTable('recurring', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  template: text('template').notNull(),
  parameterValues: text('parameter_values').notNull(),
  firstDate: text('first_date').notNull(),
  lastDate: text('last_date'),
  every: integer('every').notNull(),
  makes: text('makes', { enum: ['draft', 'voucher'] }).notNull(),
  active: integer('active', { mode: 'boolean' }).notNull().default(true),
  version: integer('version').notNull().default(1),
  by: text('by').notNull(),
  createdAt: text('created_at').notNull(),
})

export const recurringRun = sqliteTable(
  'recurring_run',
  {
    recurring: text('recurring').notNull(),
    dueDate: text('due_date').notNull(),
    status: text('status', { enum: ['posted', 'draft', 'refused'] }).notNull(),
    voucherId: text('voucher_id').notNull(),
    draft: text('draft'),
    problem: text('problem'),
    by: text('by').notNull(),
    recordedAt: text('recorded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.recurring, t.dueDate] })],
)

export const companyProfile = sqliteTable('company_profile', {
  one: integer('one').primaryKey(),
  address: text('address'),
  postalCode: text('postal_code'),
  city: text('city'),
  country: text('country'),
  email: text('email'),
  phone: text('phone'),
  website: text('website'),
  senderEmail: text('sender_email'),
  bankAccounts: text('bank_accounts', { mode: 'json' }).notNull().default([]),
  logoType: text('logo_type'),
  logo: text('logo'),
  logoSha256: text('logo_sha256'),
  version: integer('version').notNull().default(1),
})

export const contact = sqliteTable('contact', {
  id: text('id').primaryKey(),
  partyKind: text('party_kind').notNull(),
  party: text('party').notNull(),
  name: text('name').notNull(),
  role: text('role'),
  email: text('email'),
  phone: text('phone'),
  active: integer('active', { mode: 'boolean' }).notNull().default(true),
  version: integer('version').notNull().default(1),
  createdAt: text('created_at').notNull(),
})

export const dimensionSeries = sqliteTable('dimension_series', {
  dimension: text('dimension').primaryKey(),
  prefix: text('prefix').notNull().default(''),
  digits: integer('digits').notNull().default(4),
  lastNumber: integer('last_number').notNull().default(0),
})

export const dimensionDefault = sqliteTable(
  'dimension_default',
  {
    account: text('account').notNull(),
    dimension: text('dimension').notNull(),
    value: text('value').notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.dimension] })],
)

export const accountMerge = sqliteTable('account_merge', {
  account: text('account').primaryKey(),
  intoAccount: text('into_account').notNull(),
  fromDate: text('from_date').notNull(),
  reason: text('reason').notNull(),
  by: text('by').notNull(),
  recordedAt: text('recorded_at').notNull(),
  ledgerVersion: integer('ledger_version').notNull(),
})

export const bankAccountChange = sqliteTable(
  'bank_account_change',
  {
    partyKind: text('party_kind').notNull(),
    party: text('party').notNull(),
    was: text('was').notNull(),
    becomes: text('becomes').notNull(),
    by: text('by').notNull(),
    at: text('at').notNull(),
    confirmedBy: text('confirmed_by'),
    confirmedAt: text('confirmed_at'),
  },
  (t) => [primaryKey({ columns: [t.partyKind, t.party, t.at] })],
)
