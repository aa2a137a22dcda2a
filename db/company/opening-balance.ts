import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Opening balances as drizzle sees them; the schema itself is the SQL in migrations/. */
export const openingBalance = sqliteTable('opening_balance', {
  openingDate: text('opening_date').primaryKey(),
  rows: text('rows').notNull(),
  resultAccount: text('result_account'),
  voucher: text('voucher'),
  bookedVersion: integer('booked_version'),
  version: integer('version').notNull().default(1),
  by: text('by').notNull(),
  at: text('at').notNull(),
})

export const takeover = sqliteTable('takeover', {
  id: integer('id').primaryKey(),
  variant: text('variant').notNull(),
  openingDate: text('opening_date').notNull(),
  cutOverDate: text('cut_over_date').notNull(),
  interimCustomers: text('interim_customers').notNull(),
  interimSuppliers: text('interim_suppliers').notNull(),
  inTotal: integer('in_total').notNull().default(0),
  explanation: text('explanation'),
  rows: text('rows').notNull().default('[]'),
  keptMonths: text('kept_months').notNull().default('[]'),
  finishedAt: text('finished_at'),
  finishedBy: text('finished_by'),
  finishedVersion: integer('finished_version'),
  version: integer('version').notNull().default(1),
  by: text('by').notNull(),
  at: text('at').notNull(),
})

export const takeoverMonth = sqliteTable('takeover_month', {
  voucher: text('voucher').primaryKey(),
  month: text('month').notNull(),
  contentHash: text('content_hash').notNull(),
})

/** The old system's own trial balance, to hold the ledger against. */
export const takeoverControlList = sqliteTable('takeover_control_list', {
  id: integer('id').primaryKey(),
  fileName: text('file_name'),
  fileSha256: text('file_sha256').notNull(),
  rows: text('rows').notNull(),
  by: text('by').notNull(),
  at: text('at').notNull(),
  explanationBefore: text('explanation_before'),
})

export const onboardingStep = sqliteTable('onboarding_step', {
  step: text('step').primaryKey(),
  owner: text('owner'),
  dueDate: text('due_date'),
})

/** Figures of the previous system, beside this ledger's own. */
export const comparison = sqliteTable('comparison', {
  id: integer('id').primaryKey(),
  rows: text('rows').notNull(),
  version: integer('version').notNull().default(1),
  by: text('by').notNull(),
  at: text('at').notNull(),
})
