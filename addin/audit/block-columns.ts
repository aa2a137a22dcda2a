/** Reports that can be pulled into a sheet as a block that proves itself; an auditor's pack holds them in this order. */
export const BLOCK_KINDS = [
  'trial-balance',
  'income-statement',
  'balance-sheet',
  'budget-variance',
  'general-ledger',
  'voucher-journal',
  'customer-items',
  'supplier-items',
  'vat-specification',
  'event-log',
] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]

/**
 * How a column stands in the sheet. `key`: with the others of its kind it tells rows apart. `name`: may be renamed, and is not
 * held against the ledger. `word`: what a code beside it means, held for as long as it is said the same way.
 */
export type BlockColumn = {
  format: string
  width: number
  role: 'key' | 'figure' | 'name' | 'word'
  /** It rests on a budget, too, which no version of the ledger holds. */
  budgeted?: true
}

const text = (width: number): BlockColumn => ({ format: '@', width, role: 'figure' })
const key = (width = 60): BlockColumn => ({ format: '@', width, role: 'key' })
const keyNumber = (width = 36): BlockColumn => ({ format: '0', width, role: 'key' })
const word = (width: number): BlockColumn => ({ format: '@', width, role: 'word' })
const name: BlockColumn = { format: '@', width: 220, role: 'name' }
const amount: BlockColumn = { format: '#,##0.00', width: 84, role: 'figure' }
const budgeted: BlockColumn = { ...amount, budgeted: true }
const day: BlockColumn = { format: 'dd.mm.yyyy', width: 70, role: 'figure' }
const moment: BlockColumn = { ...day, format: 'dd.mm.yyyy hh:mm:ss', width: 110 }

/** A line of a statement and its accounts below it: line, account, name, and three amounts. */
const statement = [key(120), key(), name, amount, amount, amount]
const items = [key(70), key(48), name, text(90), text(80), day, day, amount, amount]

/** The columns of each block, in the order of its captions. */
export const BLOCK_COLUMNS: Record<BlockKind, readonly BlockColumn[]> = {
  'income-statement': statement,
  'balance-sheet': statement,
  'budget-variance': [...statement.slice(0, 4), budgeted, budgeted],
  'trial-balance': [key(), name, amount, amount, amount, amount],
  'general-ledger': [key(), key(90), keyNumber(), day, text(220), text(48), amount, amount],
  'voucher-journal': [keyNumber(48), keyNumber(), text(90), day, text(60), text(220), text(48), amount],
  'customer-items': items,
  'supplier-items': items,
  'vat-specification': [key(70), key(60), key(48), key(80), { ...amount, format: '0.00', role: 'key' }, amount, amount],
  // As one reads them first, then as they are kept.
  'event-log': [
    keyNumber(48),
    moment,
    ...[word(130), word(160), word(130), word(260), word(150)],
    ...[text(90), text(120), text(110), key(80), text(130), text(130)],
    { ...keyNumber(48), role: 'figure' },
  ],
}

/** Kinds whose columns were others once, by how many times: what was pulled with those is told as such. */
export const BLOCK_LAYOUTS: Partial<Record<BlockKind, number>> = { 'event-log': 2 }

/** Where a row names the voucher it is of. */
export const BLOCK_VOUCHERS: Partial<Record<BlockKind, number>> = {
  'general-ledger': 1,
  'voucher-journal': 2,
  'customer-items': 3,
  'supplier-items': 3,
}
