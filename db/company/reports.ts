import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Reports of a company's own, as drizzle sees their tables; the schema itself is 0010_reports.sql. */
export const reportLayout = sqliteTable('report_layout', {
  id: text('id').primaryKey(),
  nameNb: text('name_nb').notNull(),
  nameEn: text('name_en').notNull(),
  statement: text('statement', { enum: ['income', 'balance'] }).notNull(),
  lines: text('lines', { mode: 'json' }).notNull(),
  version: integer('version').notNull().default(1),
  by: text('by').notNull(),
  recordedAt: text('recorded_at').notNull(),
})

export const savedReport = sqliteTable('saved_report', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  report: text('report').notNull(),
  query: text('query', { mode: 'json' }).$type<Record<string, string>>().notNull(),
  shared: integer('shared', { mode: 'boolean' }).notNull().default(false),
  owner: text('owner').notNull(),
  version: integer('version').notNull().default(1),
  recordedAt: text('recorded_at').notNull(),
})

export const reportSeal = sqliteTable('report_seal', {
  hash: text('hash').primaryKey(),
  report: text('report').notNull(),
  query: text('query', { mode: 'json' }).$type<Record<string, string>>().notNull(),
  atVersion: integer('at_version').notNull(),
  chainHead: text('chain_head'),
  by: text('by').notNull(),
  recordedAt: text('recorded_at').notNull(),
})
