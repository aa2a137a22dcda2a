import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Whose turn it is to post from a workbook. */
export const sheetLease = sqliteTable('sheet_lease', {
  workbook: text('workbook').primaryKey(),
  holder: text('holder').notNull(),
  until: text('until').notNull(),
})

/** Layouts of screens as drizzle sees them; the schema itself is in migrations/, and a test holds the two together. */
export const screenLayout = sqliteTable('screen_layout', {
  id: text('id').primaryKey(),
  screen: text('screen').notNull(),
  owner: text('owner').notNull(),
  shared: integer('shared', { mode: 'boolean' }).notNull(),
  name: text('name').notNull(),
  definition: text('definition').notNull(),
  version: integer('version').notNull().default(1),
  changedBy: text('changed_by').notNull(),
  changedAt: text('changed_at').notNull(),
})
