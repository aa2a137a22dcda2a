import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Imports of sheets as drizzle sees them; the schema itself is the SQL in migrations/. */
export const sheetImport = sqliteTable('sheet_import', {
  id: text('id').primaryKey(),
  register: text('register').notNull(),
  fileName: text('file_name'),
  fileKey: text('file_key').notNull(),
  fileSha256: text('file_sha256').notNull(),
  fileSize: integer('file_size').notNull(),
  choices: text('choices').notNull(),
  tried: text('tried'),
  state: text('state', { enum: ['open', 'done', 'undone'] }).notNull(),
  steps: text('steps'),
  by: text('by').notNull(),
  at: text('at').notNull(),
  undoneBy: text('undone_by'),
  undoneAt: text('undone_at'),
  version: integer('version').notNull().default(1),
})

export const columnMapping = sqliteTable('column_mapping', {
  source: text('source').primaryKey(),
  register: text('register').notNull(),
  columns: text('columns').notNull(),
  answers: text('answers').notNull(),
  version: integer('version').notNull().default(1),
  by: text('by').notNull(),
  at: text('at').notNull(),
})

export const saftSwitch = sqliteTable('saft_switch', {
  id: text('id').primaryKey(),
  fileName: text('file_name'),
  fileSha256: text('file_sha256').notNull(),
  found: text('found').notNull(),
  answers: text('answers').notNull().default('{}'),
  importJob: text('import_job'),
  version: integer('version').notNull().default(1),
  by: text('by').notNull(),
  at: text('at').notNull(),
  mapping: text('mapping'),
})

export const saftSwitchFile = sqliteTable('saft_switch_file', {
  id: text('id').primaryKey(),
  switch: text('switch').notNull(),
  fileName: text('file_name'),
  fileKey: text('file_key').notNull(),
  fileSize: integer('file_size').notNull(),
})

export const importExplanation = sqliteTable(
  'import_explanation',
  {
    importJob: text('import_job').notNull(),
    difference: text('difference').notNull(),
    text: text('text').notNull(),
    by: text('by').notNull(),
    at: text('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importJob, t.difference] })],
)
