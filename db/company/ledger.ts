import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * The tables of a company's ledger as drizzle sees them, for typed reads. The schema itself, with its checks, indexes and triggers, is the hand-read SQL
 * in migrations/; a test holds the two together. Money is INTEGER øre, days and instants TEXT.
 */
export const voucher = sqliteTable('voucher', {
  ledgerVersion: integer('ledger_version').primaryKey(),
  id: text('id').notNull(),
  type: text('type').notNull(),
  series: text('series').notNull(),
  fiscalYear: integer('fiscal_year').notNull(),
  number: integer('number').notNull(),
  voucherDate: text('voucher_date').notNull(),
  documentDate: text('document_date').notNull(),
  vatDate: text('vat_date').notNull(),
  text: text('text').notNull(),
  recordedAt: text('recorded_at').notNull(),
  by: text('by').notNull(),
  entryCount: integer('entry_count').notNull(),
  reversalOf: text('reversal_of'),
  reason: text('reason'),
  importJob: text('import_job'),
  externalId: text('external_id'),
  factsVersion: integer('facts_version').notNull(),
  content: text('content'),
  contentHash: text('content_hash').notNull(),
  prevHash: text('prev_hash').notNull(),
  hash: text('hash').notNull(),
})

export const vatTermMove = sqliteTable('vat_term_move', {
  ledgerVersion: integer('ledger_version').primaryKey(),
  termDay: text('term_day').notNull(),
})

export const entry = sqliteTable(
  'entry',
  {
    ledgerVersion: integer('ledger_version').notNull(),
    line: integer('line').notNull(),
    rowKey: text('row_key').notNull(),
    origin: text('origin', { enum: ['line', 'vat'] }).notNull(),
    voucherDate: text('voucher_date').notNull(),
    account: text('account').notNull(),
    partyKind: text('party_kind'),
    party: text('party'),
    amount: integer('amount').notNull(),
    vatCode: text('vat_code'),
    vatRate: integer('vat_rate'),
    vatSide: text('vat_side'),
    vatSpecification: text('vat_specification'),
    vatAmountReason: text('vat_amount_reason'),
    vatOverridden: integer('vat_overridden', { mode: 'boolean' }).notNull().default(false),
    dimensions: text('dimensions', { mode: 'json' }).$type<Record<string, string>>(),
    text: text('text').notNull(),
    currency: text('currency'),
    currencyAmount: integer('currency_amount'),
    rate: text('rate'),
    rateUnit: integer('rate_unit'),
    rateSource: text('rate_source'),
    quantity: text('quantity'),
    invoiceNumber: text('invoice_number'),
    dueDate: text('due_date'),
    paymentReference: text('payment_reference'),
  },
  (t) => [primaryKey({ columns: [t.ledgerVersion, t.line] })],
)

export const numberSeries = sqliteTable(
  'number_series',
  {
    series: text('series').notNull(),
    fiscalYear: integer('fiscal_year').notNull(),
    lastNumber: integer('last_number').notNull(),
  },
  (t) => [primaryKey({ columns: [t.series, t.fiscalYear] })],
)

export const balance = sqliteTable(
  'balance',
  {
    account: text('account').notNull(),
    month: text('month').notNull(),
    debit: integer('debit').notNull(),
    credit: integer('credit').notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.month] })],
)

export const partyBalance = sqliteTable(
  'party_balance',
  {
    partyKind: text('party_kind').notNull(),
    party: text('party').notNull(),
    account: text('account').notNull(),
    month: text('month').notNull(),
    debit: integer('debit').notNull(),
    credit: integer('credit').notNull(),
  },
  (t) => [primaryKey({ columns: [t.partyKind, t.party, t.account, t.month] })],
)

export const dimensionBalance = sqliteTable(
  'dimension_balance',
  {
    dimension: text('dimension').notNull(),
    value: text('value').notNull(),
    account: text('account').notNull(),
    month: text('month').notNull(),
    debit: integer('debit').notNull(),
    credit: integer('credit').notNull(),
  },
  (t) => [primaryKey({ columns: [t.dimension, t.value, t.account, t.month] })],
)

export const event = sqliteTable('event', {
  sequence: integer('sequence').primaryKey(),
  type: text('type').notNull(),
  recordedAt: text('recorded_at').notNull(),
  by: text('by').notNull(),
  ledgerVersion: integer('ledger_version').notNull(),
  subject: text('subject').notNull(),
  touched: text('touched'),
  changes: text('changes'),
  origin: text('origin'),
})

export const auditSeal = sqliteTable('audit_seal', {
  lastSequence: integer('last_sequence').primaryKey(),
  firstSequence: integer('first_sequence').notNull(),
  recordedAt: text('recorded_at').notNull(),
  previous: text('previous').notNull(),
  hash: text('hash').notNull(),
})

export const openItem = sqliteTable(
  'open_item',
  {
    ledgerVersion: integer('ledger_version').notNull(),
    line: integer('line').notNull(),
    partyKind: text('party_kind').notNull(),
    party: text('party').notNull(),
    account: text('account').notNull(),
    voucherDate: text('voucher_date').notNull(),
    dueDate: text('due_date'),
    invoiceNumber: text('invoice_number'),
    paymentReference: text('payment_reference'),
    currency: text('currency'),
    currencyAmount: integer('currency_amount'),
    currencyRest: integer('currency_rest'),
    amount: integer('amount').notNull(),
    rest: integer('rest').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledgerVersion, t.line] })],
)

export const itemKeptOpen = sqliteTable(
  'item_kept_open',
  {
    ledgerVersion: integer('ledger_version').notNull(),
    line: integer('line').notNull(),
    by: text('by').notNull(),
    at: text('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledgerVersion, t.line] })],
)

export const itemMatch = sqliteTable('item_match', {
  id: text('id').primaryKey(),
  partyKind: text('party_kind').notNull(),
  party: text('party').notNull(),
  account: text('account').notNull(),
  matchDate: text('match_date').notNull(),
  rule: text('rule').notNull(),
  reason: text('reason'),
  recordedAt: text('recorded_at').notNull(),
  by: text('by').notNull(),
  ledgerVersion: integer('ledger_version').notNull(),
  undoneDate: text('undone_date'),
  undoneAt: text('undone_at'),
  undoneBy: text('undone_by'),
  undoneVersion: integer('undone_version'),
  undoneReason: text('undone_reason'),
})

export const itemMatchLine = sqliteTable(
  'item_match_line',
  {
    matchId: text('match_id').notNull(),
    ledgerVersion: integer('ledger_version').notNull(),
    line: integer('line').notNull(),
    amount: integer('amount').notNull(),
    currencyAmount: integer('currency_amount'),
  },
  (t) => [primaryKey({ columns: [t.matchId, t.ledgerVersion, t.line] })],
)

export const turnover = sqliteTable('turnover', {
  one: integer('one').primaryKey(),
  amount: integer('amount').notNull(),
})

export const schedule = sqliteTable('schedule', {
  id: text('id').primaryKey(),
  source: text('source').notNull(),
  rowKey: text('row_key').notNull(),
  kind: text('kind', { enum: ['accrual', 'depreciation', 'repeat'] }).notNull(),
  script: text('script').notNull(),
  text: text('text').notNull(),
  account: text('account'),
  through: text('through'),
  amount: integer('amount').notNull(),
})

export const scheduleMonth = sqliteTable(
  'schedule_month',
  {
    schedule: text('schedule').notNull(),
    month: text('month').notNull(),
    amount: integer('amount').notNull(),
    voucherDate: text('voucher_date').notNull(),
    draft: text('draft'),
    voucher: text('voucher'),
    droppedAt: text('dropped_at'),
    droppedBy: text('dropped_by'),
  },
  (t) => [primaryKey({ columns: [t.schedule, t.month] })],
)
