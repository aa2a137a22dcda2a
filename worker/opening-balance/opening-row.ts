import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { Ore } from '#worker/core/money.ts'
import { FilledText, Text } from '#worker/core/text.ts'

/** Rows of one opening balance at most: it is one voucher, and so many lines a voucher may have. */
export const MOST_ROWS = 10_000

const optional = (max: number) => z._default(Text(max), '')
const Day = z._default(z.union([z.literal(''), IsoDate], { error: 'date/invalid' }), '')

/**
 * A row of an opening balance as it is filled in, the same in grid, sheet and API. With a party it is an open item. On a control
 * account without one it is what the open items there must sum to. Anything else is an account's balance. Debit positive, in øre.
 */
export const OpeningRow = z.strictObject({
  rowKey: FilledText(64),
  account: optional(70),
  party: optional(35),
  /** Of a party that is not in the register yet: it is made under this name. */
  name: optional(256),
  invoiceNumber: optional(35),
  paymentReference: optional(25),
  invoiceDate: Day,
  dueDate: Day,
  amount: z._default(z.nullable(Ore), null),
  currency: optional(3),
  currencyAmount: z._default(z.nullable(Ore), null),
  dimensions: z._default(z.record(FilledText(40), Text(35)), {}),
  text: optional(255),
})
export type OpeningRow = z.infer<typeof OpeningRow>

export const OpeningContent = z.strictObject({
  rows: z.array(OpeningRow, { error: 'field/required' }).check(z.maxLength(MOST_ROWS, 'field/invalid')),
  /** Where income and cost of the old year are moved to; none where they are kept, as when one begins in the middle of a year. */
  resultAccount: z._default(z.nullable(FilledText(70)), null),
})
export type OpeningContent = z.infer<typeof OpeningContent>

/** An empty row, filled with what is known of it. */
export const openingRow = (rowKey: string, of: Partial<OpeningRow> = {}): OpeningRow => ({
  rowKey,
  account: '',
  party: '',
  name: '',
  invoiceNumber: '',
  paymentReference: '',
  invoiceDate: '',
  dueDate: '',
  amount: null,
  currency: '',
  currencyAmount: null,
  dimensions: {},
  text: '',
  ...of,
})
