import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Old general ledgers as drizzle sees them; the schema itself is the SQL in migrations/. */
export const oldLedger = sqliteTable('old_ledger', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  source: text('source', { enum: ['saft', 'sheet'] }).notNull(),
  fileSha256: text('file_sha256').notNull(),
  fileSize: integer('file_size').notNull(),
  fromDate: text('from_date'),
  toDate: text('to_date'),
  entries: integer('entries').notNull().default(0),
  debit: integer('debit').notNull().default(0),
  credit: integer('credit').notNull().default(0),
  hash: text('hash'),
  by: text('by').notNull(),
  at: text('at').notNull(),
  removedAt: text('removed_at'),
  removedBy: text('removed_by'),
  reason: text('reason'),
  importJob: text('import_job'),
})

export const oldAccount = sqliteTable(
  'old_account',
  {
    ledger: text('ledger').notNull(),
    number: text('number').notNull(),
    name: text('name').notNull(),
    opening: integer('opening').notNull().default(0),
    closing: integer('closing').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.number] })],
)

export const oldParty = sqliteTable(
  'old_party',
  {
    ledger: text('ledger').notNull(),
    kind: text('kind', { enum: ['customer', 'supplier'] }).notNull(),
    number: text('number').notNull(),
    name: text('name').notNull(),
    organisationNumber: text('organisation_number'),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.kind, t.number] })],
)

export const oldEntry = sqliteTable(
  'old_entry',
  {
    ledger: text('ledger').notNull(),
    line: integer('line').notNull(),
    account: text('account').notNull(),
    entryDate: text('entry_date').notNull(),
    voucher: text('voucher').notNull(),
    text: text('text').notNull(),
    amount: integer('amount').notNull(),
    partyKind: text('party_kind', { enum: ['customer', 'supplier'] }),
    party: text('party'),
    invoiceNumber: text('invoice_number'),
    paymentReference: text('payment_reference'),
    dueDate: text('due_date'),
    vatCode: text('vat_code'),
    currency: text('currency'),
    currencyAmount: text('currency_amount'),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.line] })],
)
