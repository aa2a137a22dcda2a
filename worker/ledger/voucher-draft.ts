import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { DecimalText, decimal, decimalText } from '#worker/core/decimal.ts'
import { DocumentId, VoucherId } from '#worker/core/ids.ts'
import { Ore } from '#worker/core/money.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import { type CurrencyRate, currencyRateOn } from './currency-rate.ts'
import { OpenItemId } from './open-item.ts'

const Currency = Text(3).check(z.regex(/^[A-Z]{3}$/, 'field/invalid'))
const RateUnit = z.literal([1, 100], { error: 'field/invalid' })
const MinorUnits = Ore as unknown as z.ZodMiniType<number, number>
const Code = FilledText(35)

/** One code for each dimension; `null` says *none* where the header has one. */
const Dimensions = z.record(Text(35), z.nullable(Code), { error: 'field/invalid' })

/** An open item that a line settles, and how much of it in øre with the item's sign. */
const SettledItem = z.strictObject({ openItem: OpenItemId, amount: Ore }, { error: 'field/invalid' })

/** A line as typed: one account, one signed amount in øre, debit positive. Fields and rules: features.md 4.6. */
export const VoucherLine = z.strictObject({
  rowKey: z.optional(FilledText(64)),
  account: FilledText(107),
  amount: z.optional(Ore),
  currency: z.optional(Currency),
  currencyAmount: z.optional(MinorUnits),
  rate: z.optional(DecimalText),
  rateUnit: z.optional(RateUnit),
  vatCode: z.optional(z.nullable(Text(3))),
  vatMode: z.optional(z.enum(['gross', 'net', 'none'], { error: 'field/invalid' })),
  vatAmount: z.optional(Ore),
  vatAmountReason: z.optional(FilledText(255)),
  vatSpecification: z.optional(Text(60)),
  dimensions: z.optional(Dimensions),
  text: z.optional(Text(255)),
  quantity: z.optional(DecimalText),
  invoiceNumber: z.optional(FilledText(35)),
  dueDate: z.optional(IsoDate),
  paymentReference: z.optional(Text(25)),
  matches: z.optional(z.array(SettledItem, { error: 'field/invalid' }).check(z.maxLength(1_000, 'field/invalid'))),
  /** What becomes of the line in other months or dimensions: script.ts. */
  script: z.optional(FilledText(500)),
})
export type VoucherLine = z.infer<typeof VoucherLine>

const MOST_LINES = 10_000
const Lines = z
  .array(VoucherLine, { error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') })
  .check(z.minLength(1, 'field/required'), z.maxLength(MOST_LINES, 'field/invalid'))

/** A voucher before it has a number. Amounts are whole øre; the client makes the id, and it is the idempotency key. */
export const VoucherDraft = z.strictObject({
  id: VoucherId,
  type: FilledText(40),
  voucherDate: IsoDate,
  documentDate: z.optional(IsoDate),
  vatDate: z.optional(IsoDate),
  text: z.optional(Text(255)),
  currency: z.optional(Currency),
  rate: z.optional(DecimalText),
  rateUnit: z.optional(RateUnit),
  dimensions: z.optional(Dimensions),
  documents: z.optional(z.array(DocumentId, { error: 'field/invalid' }).check(z.maxLength(100, 'field/invalid'))),
  /** The voucher it puts right, which is reversed. */
  corrects: z.optional(VoucherId),
  /** The template it was made from, and which version of it. */
  template: z.optional(z.strictObject({ key: FilledText(35), version: z.int('field/invalid') }, 'field/invalid')),
  /** Why it is posted in a period with a soft lock. */
  reason: z.optional(FilledText(255)),
  lines: Lines,
})
export type VoucherDraft = z.infer<typeof VoucherDraft>

/** Fields in field order: issues are listed in it, and the content hash takes them in it. */
export const HEADER_FIELDS = Object.keys(VoucherDraft.shape)
export const LINE_FIELDS = Object.keys(VoucherLine.shape)

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads the shape of a draft, as `VoucherDraft` does. Of what is right only the fields that are there are read, and no value twice:
 * a pasted list is thousands of lines, with a few fields each that say the same. What is wrong is for the whole schema to say.
 */
export const readDraft = (raw: unknown): ReturnType<typeof VoucherDraft.safeParse> =>
  isRight(raw) ? { success: true, data: raw } : VoucherDraft.safeParse(raw)

function isRight(raw: unknown): raw is VoucherDraft {
  if (!isFields(raw) || !Array.isArray(raw.lines)) return false
  const { lines, ...header } = raw
  if (lines.length === 0 || lines.length > MOST_LINES) return false
  return (
    holds(header, HEADER, 'id', 'type', 'voucherDate') && lines.every((l) => isFields(l) && holds(l, LINE, 'account'))
  )
}

function holds(fields: Fields, readers: ReadonlyMap<string, Reader>, ...needed: readonly string[]): boolean {
  for (const field in fields) if (!readers.get(field)?.(fields[field])) return false
  return needed.every((field) => field in fields)
}

type Reader = (value: unknown) => boolean
const readersOf = (shape: Record<string, z.ZodMiniType>): ReadonlyMap<string, Reader> =>
  new Map(Object.entries(shape).map(([field, schema]) => [field, readerOf(schema)]))
const { lines: _, ...headerShape } = VoucherDraft.shape
const HEADER = readersOf(headerShape)
const LINE = readersOf(VoucherLine.shape)

/** Values of a field that are remembered as right. */
const MOST_RIGHT = 1_000
function readerOf(schema: z.ZodMiniType): Reader {
  const right = new Set<unknown>()
  return (value) => {
    if (right.has(value)) return true
    if (value === undefined || !schema.safeParse(value).success) return false
    if (right.size >= MOST_RIGHT) right.clear()
    if (typeof value !== 'object') right.add(value)
    return true
  }
}

/** A draft with every default filled in that does not depend on the books. */
export type Voucher = Omit<VoucherDraft, 'documentDate' | 'vatDate' | 'text' | 'dimensions' | 'lines'> & {
  documentDate: IsoDate
  vatDate: IsoDate
  text: string
  dimensions: Record<string, string | null>
  lines: (VoucherLine & {
    rowKey: string
    text: string
    dimensions: Record<string, string | null>
    /** The row of the rate table that stands in where no rate is typed; no part of the content. */
    tableRate?: CurrencyRate
  })[]
}

/** Lines inherit text, currency and dimensions from the header; dates follow each other. */
export function withDefaults(draft: VoucherDraft): Voucher {
  const documentDate = draft.documentDate ?? draft.voucherDate
  const dimensions = draft.dimensions ?? {}
  return {
    ...draft,
    documentDate,
    vatDate: draft.vatDate ?? documentDate,
    text: draft.text ?? '',
    dimensions,
    lines: draft.lines.map((line, i) => ({
      ...line,
      rowKey: line.rowKey ?? `r${i + 1}`,
      text: line.text ?? draft.text ?? '',
      dimensions: line.dimensions ? { ...dimensions, ...line.dimensions } : dimensions,
      ...inheritedCurrency(line, draft),
    })),
  }
}

/** Where a line in another currency has one amount and no rate, the dated rate of the document stands in (features.md 4.6). */
export function withTableRates(voucher: Voucher, rates: ReadonlyMap<string, readonly CurrencyRate[]>): Voucher {
  if (!voucher.lines.some(needsTableRate)) return voucher
  const lines = voucher.lines.map((line) => {
    const tableRate = needsTableRate(line) && currencyRateOn(line.currency!, voucher.documentDate, rates)
    return tableRate ? { ...line, tableRate } : line
  })
  return { ...voucher, lines }
}

/** Whether only the rate table can tell a line's rate. */
export const needsTableRate = ({ currency, rate, amount, currencyAmount }: VoucherLine): boolean =>
  currency !== undefined &&
  currency !== 'NOK' &&
  rate === undefined &&
  (amount === undefined) !== (currencyAmount === undefined)

/** Currency, rate and what the rate is per, where the line leaves them to the header. */
export function inheritedCurrency(
  line: VoucherLine,
  header: Pick<VoucherDraft, 'currency' | 'rate' | 'rateUnit'>,
): Partial<VoucherLine> {
  const currency = line.currency ?? header.currency
  if (currency === undefined) return {}
  const sameAsHeader = currency === header.currency
  const rate = line.rate ?? (sameAsHeader ? header.rate : undefined)
  const rateUnit = line.rate ? line.rateUnit : (line.rateUnit ?? (sameAsHeader ? header.rateUnit : undefined))
  return { currency, ...(rate !== undefined && { rate }), ...(rateUnit !== undefined && { rateUnit }) }
}

/**
 * The voucher's content as one text: fields in field order, dimensions sorted, what is not given left out. Two drafts with
 * the same content give the same text whatever order they were sent in; defaults that are spelt out stay, for `plainContent`.
 */
export function contentOf(voucher: Voucher): string {
  const header: Record<string, unknown> = {}
  for (const field of HEADER_FIELDS) {
    if (field === 'lines') header.lines = voucher.lines.map((line) => inFieldOrder(line, LINE_FIELDS))
    else put(header, field, (voucher as Record<string, unknown>)[field])
  }
  return JSON.stringify(header)
}

/**
 * A content less the documented defaults that it spells out: gross VAT, a rate per one, kroner, zeros that end a decimal. Two that
 * say the same give the same text. Compared, never hashed: what is posted keeps the hash it got.
 */
export function plainContent(content: string): string {
  const { lines = [], ...header } = JSON.parse(content) as Fields & { lines?: Fields[] }
  return JSON.stringify([plainFields(header), lines.map(plainFields)])
}

const plainFields = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => {
      if (field in PLAIN && PLAIN[field] === value) return []
      const number = DECIMALS.has(field) && typeof value === 'string' ? decimal(value) : undefined
      return [[field, number ? decimalText(number) : value]]
    }),
  )
const PLAIN: Fields = { vatMode: 'gross', rateUnit: 1, currency: 'NOK' }
const DECIMALS: ReadonlySet<string> = new Set(['rate', 'quantity'])

function inFieldOrder(of: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  const ordered: Record<string, unknown> = {}
  for (const field of fields) put(ordered, field, of[field])
  return ordered
}

/** Lists that say the same when they are empty as when they are left out. */
const LISTS = new Set(['matches', 'documents'])

function put(into: Record<string, unknown>, field: string, value: unknown) {
  if (value === undefined || value === null || (LISTS.has(field) && (value as unknown[]).length === 0)) return
  if (field !== 'dimensions') into[field] = value
  else {
    const pairs = Object.entries(value as Record<string, string | null>).filter(([, code]) => code !== null)
    if (pairs.length > 0) into[field] = Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}
