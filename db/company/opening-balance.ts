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
