import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Drafts as drizzle sees them; the schema itself is in migrations/, and a test holds the two together. */
export const voucherDraft = sqliteTable('voucher_draft', {
  id: text('id').primaryKey(),
  version: integer('version').notNull().default(0),
  createdBy: text('created_by').notNull(),
  createdAt: text('created_at').notNull(),
  changedBy: text('changed_by').notNull(),
  changedAt: text('changed_at').notNull(),
  deletedBy: text('deleted_by'),
  deletedAt: text('deleted_at'),
})

export const voucherDraftRow = sqliteTable(
  'voucher_draft_row',
  {
    draft: text('draft').notNull(),
    key: text('key').notNull(),
    position: text('position').notNull(),
    cells: text('cells').notNull(),
    removed: integer('removed', { mode: 'boolean' }).notNull().default(false),
    version: integer('version').notNull(),
    by: text('by').notNull(),
    at: text('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.draft, t.key] })],
)
