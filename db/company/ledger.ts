import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * The company's tables as drizzle sees them, for typed reads and simple writes. The schema itself, with its checks and
 * triggers, is the SQL in migrations/; a test compares the two. Money is INTEGER øre, days and instants TEXT.
 */
export const company = sqliteTable('company', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  organisationNumber: text('organisation_number'),
  currency: text('currency').notNull(),
  vatRegistered: integer('vat_registered', { mode: 'boolean' }).notNull(),
  reverseChargeLiable: integer('reverse_charge_liable', { mode: 'boolean' }).notNull(),
  vatAmountLimit: integer('vat_amount_limit').notNull(),
  matchDifferenceLimit: integer('match_difference_limit').notNull(),
  cutOverDate: text('cut_over_date'),
  modules: text('modules', { mode: 'json' }).$type<string[]>().notNull(),
  factsVersion: integer('facts_version').notNull(),
  version: integer('version').notNull(),
  createdAt: text('created_at').notNull(),
})

export const account = sqliteTable('account', {
  number: text('number').primaryKey(),
  nameNb: text('name_nb').notNull(),
  nameEn: text('name_en').notNull(),
  type: text('type', { enum: ['asset', 'equity', 'liability', 'income', 'expense'] }).notNull(),
  control: text('control', { enum: ['customer', 'supplier'] }),
  defaultVatCode: text('default_vat_code'),
  vatCodeRequired: integer('vat_code_required', { mode: 'boolean' }).notNull(),
  allowedVatCodes: text('allowed_vat_codes', { mode: 'json' }).$type<string[]>(),
  groupingCategory: text('grouping_category'),
  groupingCode: text('grouping_code'),
  externalNumber: text('external_number'),
  closedFrom: text('closed_from'),
  version: integer('version').notNull(),
})

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
    externalNumber: text('external_number'),
    active: integer('active', { mode: 'boolean' }).notNull(),
    version: integer('version').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.number] })],
)

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
    version: integer('version').notNull(),
  },
  (t) => [primaryKey({ columns: [t.dimension, t.code] })],
)
