import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Budgets as drizzle sees them; the schema itself is the SQL in migrations/. Amounts in øre, debit positive. */
export const budget = sqliteTable('budget', {
  id: text('id').primaryKey(),
  year: integer('year').notNull(),
  name: text('name').notNull(),
  state: text('state', { enum: ['draft', 'approved', 'locked'] })
    .notNull()
    .default('draft'),
  main: integer('main', { mode: 'boolean' }).notNull().default(false),
  note: text('note').notNull().default(''),
  revision: integer('revision').notNull().default(0),
  version: integer('version').notNull().default(1),
  createdAt: text('created_at').notNull(),
})

export const budgetLine = sqliteTable('budget_line', {
  id: integer('id').primaryKey(),
  budget: text('budget').notNull(),
  account: text('account').notNull(),
  dimensions: text('dimensions').notNull().default('{}'),
  spread: text('spread').notNull().default(''),
  comment: text('comment').notNull().default(''),
})

export const budgetCell = sqliteTable(
  'budget_cell',
  {
    line: integer('line').notNull(),
    month: text('month').notNull(),
    amount: integer('amount').notNull(),
    by: text('by').notNull(),
    at: text('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.line, t.month] })],
)

export const budgetSeason = sqliteTable('budget_season', {
  key: text('key').primaryKey(),
  name: text('name').notNull(),
  weights: text('weights', { mode: 'json' }).$type<number[]>().notNull(),
})
