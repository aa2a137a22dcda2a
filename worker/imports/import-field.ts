import type { Meaning } from '#i18n/sheet-words.ts'
import type { Books } from '#worker/ledger/books.ts'

/** The registers a sheet can be brought into. */
export const REGISTERS = [
  'chart',
  'customers',
  'suppliers',
  'dimensions',
  'balances',
  'open-items',
  'movements',
  'comparison',
  'vouchers',
  'budget',
  'old-ledger',
] as const
export type Register = (typeof REGISTERS)[number]

/** How a cell is read. Amounts become øre, days ISO days, zeros that a sheet dropped are put back where a length proves them. */
export type FieldKind =
  | 'text'
  | 'code'
  | 'amount'
  | 'day'
  | 'days'
  | 'organisation'
  | 'bank-account'
  | 'postal-code'
  | 'country'
  | 'account-type'
  | 'dimensions'
  | 'yes-no'
export type Field = { key: string; kind: FieldKind; required?: true }

const CHART: readonly Field[] = [
  { key: 'number', kind: 'code', required: true },
  { key: 'nameNb', kind: 'text' },
  { key: 'nameEn', kind: 'text' },
  { key: 'type', kind: 'account-type' },
  { key: 'defaultVatCode', kind: 'code' },
  { key: 'groupingCategory', kind: 'text' },
  { key: 'groupingCode', kind: 'code' },
  { key: 'externalNumber', kind: 'code' },
]
const PARTY: readonly Field[] = [
  { key: 'number', kind: 'code' },
  { key: 'name', kind: 'text', required: true },
  { key: 'organisationNumber', kind: 'organisation' },
  { key: 'address', kind: 'text' },
  { key: 'postalCode', kind: 'postal-code' },
  { key: 'city', kind: 'text' },
  { key: 'country', kind: 'country' },
  { key: 'email', kind: 'text' },
  { key: 'phone', kind: 'text' },
  { key: 'bankAccount', kind: 'bank-account' },
  { key: 'paymentTermsDays', kind: 'days' },
  { key: 'controlAccount', kind: 'code' },
  { key: 'defaultAccount', kind: 'code' },
  { key: 'defaultVatCode', kind: 'code' },
  { key: 'defaultDimensions', kind: 'dimensions' },
  { key: 'externalNumber', kind: 'code' },
  { key: 'active', kind: 'yes-no' },
  { key: 'note', kind: 'text' },
]
const DIMENSION: readonly Field[] = [
  { key: 'code', kind: 'code', required: true },
  { key: 'name', kind: 'text', required: true },
  { key: 'closedFrom', kind: 'day' },
]
const BALANCE: readonly Field[] = [
  { key: 'account', kind: 'code', required: true },
  { key: 'accountName', kind: 'text' },
  { key: 'amount', kind: 'amount' },
  { key: 'debit', kind: 'amount' },
  { key: 'credit', kind: 'amount' },
  { key: 'text', kind: 'text' },
]
const ITEM: readonly Field[] = [
  { key: 'party', kind: 'code', required: true },
  { key: 'name', kind: 'text' },
  { key: 'account', kind: 'code' },
  { key: 'invoiceNumber', kind: 'code' },
  { key: 'paymentReference', kind: 'code' },
  { key: 'invoiceDate', kind: 'day' },
  { key: 'dueDate', kind: 'day' },
  { key: 'amount', kind: 'amount' },
  { key: 'debit', kind: 'amount' },
  { key: 'credit', kind: 'amount' },
  { key: 'currency', kind: 'code' },
  { key: 'currencyAmount', kind: 'amount' },
  { key: 'text', kind: 'text' },
]
const OLD_ENTRY: readonly Field[] = [
  { key: 'date', kind: 'day', required: true },
  { key: 'voucher', kind: 'code' },
  { key: 'type', kind: 'text' },
  { key: 'account', kind: 'code' },
  { key: 'accountName', kind: 'text' },
  { key: 'text', kind: 'text' },
  { key: 'amount', kind: 'amount' },
  { key: 'debit', kind: 'amount' },
  { key: 'credit', kind: 'amount' },
  { key: 'customer', kind: 'code' },
  { key: 'supplier', kind: 'code' },
  { key: 'party', kind: 'code' },
  { key: 'name', kind: 'text' },
  { key: 'invoiceNumber', kind: 'code' },
  { key: 'paymentReference', kind: 'code' },
  { key: 'dueDate', kind: 'day' },
  { key: 'vatCode', kind: 'code' },
  { key: 'currency', kind: 'code' },
  { key: 'currencyAmount', kind: 'text' },
]
/** In the order a list usually has them; the reading is `readTable`'s. */
const VOUCHER: readonly Meaning[] = [
  'voucher',
  'type',
  'date',
  'documentDate',
  'account',
  'debitAccount',
  'creditAccount',
  'contraAccount',
  'party',
  'text',
  'vatCode',
  'vatAmount',
  'amount',
  'debit',
  'credit',
  'side',
  'department',
  'project',
  'invoiceNumber',
  'dueDate',
  'paymentReference',
  'currency',
  'currencyAmount',
  'rate',
]

/** The columns a register takes. The layouts of budgets and movements are found by themselves, so they have none to choose. */
export const FIELDS: Readonly<Record<Register, readonly Field[]>> = {
  chart: CHART,
  customers: PARTY,
  suppliers: PARTY,
  dimensions: DIMENSION,
  balances: BALANCE,
  'open-items': ITEM,
  vouchers: VOUCHER.map((key) => ({ key, kind: 'text' as const })),
  movements: [],
  comparison: [],
  budget: [],
  'old-ledger': OLD_ENTRY,
}

const WITH_DIMENSIONS: ReadonlySet<Register> = new Set(['balances', 'open-items', 'vouchers'])

/** The columns a register takes in a company: those of its own dimensions, too. */
export function fieldsOf(register: Register, { dimensions }: Pick<Books, 'dimensions'>): readonly Field[] {
  const fields = FIELDS[register]
  if (!WITH_DIMENSIONS.has(register)) return fields
  const own = [...dimensions.keys()].filter((key) => !fields.some((f) => f.key === key))
  return [...fields, ...own.map((key): Field => ({ key: `dimensions/${key}`, kind: 'text' }))]
}

/** Columns in which a list without headings most often has them. */
export const USUAL_ORDER: Readonly<Partial<Record<Register, readonly string[]>>> = {
  chart: ['number', 'nameNb', 'nameEn', 'defaultVatCode'],
  customers: ['number', 'name', 'organisationNumber', 'address', 'postalCode', 'city', 'email', 'phone'],
  suppliers: ['number', 'name', 'organisationNumber', 'address', 'postalCode', 'city', 'email', 'phone'],
  dimensions: ['code', 'name'],
}
