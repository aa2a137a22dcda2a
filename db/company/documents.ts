import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Documents, comments and corrections as drizzle sees them; the schema itself is the SQL in migrations/. */
export const document = sqliteTable('document', {
  stamp: integer('stamp').primaryKey(),
  id: text('id').notNull(),
  sha256: text('sha256').notNull(),
  objectKey: text('object_key').notNull(),
  size: integer('size').notNull(),
  mediaType: text('media_type').notNull(),
  fileName: text('file_name'),
  recordedAt: text('recorded_at').notNull(),
  by: text('by').notNull(),
  rejectedAt: text('rejected_at'),
  rejectedBy: text('rejected_by'),
  rejectedReason: text('rejected_reason'),
  version: integer('version').notNull().default(1),
})

export const voucherDocument = sqliteTable(
  'voucher_document',
  {
    ledgerVersion: integer('ledger_version').notNull(),
    stamp: integer('stamp').notNull(),
    recordedAt: text('recorded_at').notNull(),
    by: text('by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledgerVersion, t.stamp] })],
)

export const documentLog = sqliteTable('document_log', {
  sequence: integer('sequence').primaryKey(),
  stamp: integer('stamp').notNull(),
  what: text('what', { enum: ['arrived', 'attached', 'read', 'rejected', 'restored'] }).notNull(),
  voucher: text('voucher'),
  reason: text('reason'),
  recordedAt: text('recorded_at').notNull(),
  by: text('by').notNull(),
})

export const voucherComment = sqliteTable('voucher_comment', {
  sequence: integer('sequence').primaryKey(),
  id: text('id').notNull(),
  ledgerVersion: integer('ledger_version').notNull(),
  text: text('text').notNull(),
  recordedAt: text('recorded_at').notNull(),
  by: text('by').notNull(),
})

export const voucherCorrection = sqliteTable('voucher_correction', {
  ledgerVersion: integer('ledger_version').primaryKey(),
  corrects: text('corrects').notNull(),
})

export const voucherListed = sqliteTable('voucher_listed', {
  ledgerVersion: integer('ledger_version').primaryKey(),
  amount: integer('amount').notNull(),
  party: text('party').notNull(),
  by: text('by').notNull(),
})

export const partyName = sqliteTable(
  'party_name',
  { kind: text('kind').notNull(), number: text('number').notNull(), name: text('name').notNull() },
  (t) => [primaryKey({ columns: [t.kind, t.number, t.name] })],
)

export const voucherSearchState = sqliteTable('voucher_search_state', {
  one: integer('one').primaryKey(),
  firstVersion: integer('first_version').notNull(),
  lastVersion: integer('last_version').notNull(),
})
