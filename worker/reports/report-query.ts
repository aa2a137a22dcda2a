import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { type Instant, instantOf } from '#worker/core/dates.ts'
import { FilledText } from '#worker/core/text.ts'
import type { PartyKind } from '#worker/ledger/account.ts'

/** A whole number in a query. */
const Whole = z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid')), z.transform(Number))
const Flag = z.pipe(
  z.enum(['true', 'false', '1', '0'], { error: 'field/invalid' }),
  z.transform((s) => s === 'true' || s === '1'),
)

/** A day means its end in Norway. */
export const KnownAt = z.pipe(
  z.string().check(z.refine((s) => instantOf(s) !== undefined, 'date/invalid')),
  z.transform((s) => instantOf(s) as Instant),
)

/** Which days a report covers, and the state of the ledger it is drawn from. */
const common = {
  fromDate: z.optional(IsoDate),
  toDate: z.optional(IsoDate),
  asKnownAt: z.optional(KnownAt),
  atVersion: z.optional(
    z.pipe(
      z.string().check(z.regex(/^(latest|\d{1,15})$/, 'field/invalid')),
      z.transform((s) => (s === 'latest' ? undefined : Number(s))),
    ),
  ),
  language: z.optional(z.string()),
}
export const Kind = z.enum(['customer', 'supplier'], { error: 'field/invalid' })
const paged = { cursor: z.optional(z.string()), limit: z.optional(Whole) }

/** Any other name in the query is a dimension and the value wanted of it; `none` is the entries without it. */
const DimensionValue = FilledText(100)

export const TrialBalanceQuery = z.catchall(
  z.object({
    ...common,
    includeZero: z.optional(Flag),
    /** `together`: accounts that were merged stand under the one they were merged into. */
    merged: z.optional(z.enum(['apart', 'together'], { error: 'field/invalid' })),
  }),
  DimensionValue,
)
export const GeneralLedgerQuery = z.catchall(
  z.object({
    ...common,
    ...paged,
    account: z.optional(FilledText(145)),
    party: z.optional(FilledText(35)),
    /** Which of the two the party is: a customer and a supplier may have the same number. No dimension's key has a capital in it. */
    partyKind: z.optional(Kind),
    /** A line of a report layout: all accounts that stand in it. */
    line: z.optional(FilledText(60)),
    layout: z.optional(FilledText(60)),
  }),
  DimensionValue,
)
/** A statement is asked by days or by a period, in columns and a layout of one's choice. */
const asStatement = {
  ...common,
  period: z.optional(FilledText(25)),
  columns: z.optional(FilledText(600)),
  layout: z.optional(FilledText(60)),
  budget: z.optional(FilledText(60)),
  includeZero: z.optional(Flag),
}
export const StatementQuery = z.catchall(z.object(asStatement), DimensionValue)
/** What has changed since a version, an instant or a day. */
export const ChangesQuery = z.catchall(
  z.object({
    ...common,
    ...paged,
    since: FilledText(40),
    measure: z.optional(z.enum(['closing', 'movement'], { error: 'field/invalid' })),
    account: z.optional(FilledText(145)),
    line: z.optional(FilledText(60)),
    layout: z.optional(FilledText(60)),
  }),
  DimensionValue,
)
/** The way to a figure from last year's or the budgeted one. */
export const ExplanationQuery = z.catchall(
  z.object({
    ...common,
    period: z.optional(FilledText(25)),
    line: z.optional(FilledText(60)),
    account: z.optional(FilledText(145)),
    layout: z.optional(FilledText(60)),
    against: z.optional(z.enum(['last-year', 'budget'], { error: 'field/invalid' })),
    budget: z.optional(FilledText(60)),
    by: z.optional(FilledText(40)),
    largest: z.optional(Whole),
    step: z.optional(FilledText(120)),
  }),
  DimensionValue,
)
export const LiquidityQuery = z.strictObject({
  toDate: z.optional(IsoDate),
  asKnownAt: common.asKnownAt,
  atVersion: common.atVersion,
  language: common.language,
  weeks: z.optional(z.pipe(Whole, z.int().check(z.gte(1, 'field/invalid'), z.lte(52, 'field/invalid')))),
})
export const VoucherJournalQuery = z.strictObject({ ...common, ...paged })
export const PartyBalanceQuery = z.strictObject({
  ...common,
  kind: Kind,
  party: z.optional(FilledText(35)),
  includeZero: z.optional(Flag),
})
export const NumberSeriesQuery = z.strictObject({ fiscalYear: z.optional(Whole), language: z.optional(z.string()) })

/** The state of the ledger that was asked for; both given, the older of the two. Neither: as it is now. */
export type Known = { asKnownAt?: Instant | undefined; atVersion?: number | undefined }
export type Asked = Known & { fromDate?: IsoDate | undefined; toDate?: IsoDate | undefined }

/** From an account number to another one as text, all that begins with the latter included. */
export type AccountRange = { from: string; to: string }

/** What limits a report to some of the entries. */
export type Filter = {
  accounts?: AccountRange | undefined
  /** Just these accounts, instead of a range. */
  accountList?: readonly string[] | undefined
  party?: string | undefined
  kind?: PartyKind | undefined
  dimensions: Readonly<Record<string, string>>
}

/** The dimensions of a query: every name in it that the schema does not know. */
export function dimensionsOf(
  query: Readonly<Record<string, unknown>>,
  schema: { shape: object },
): Record<string, string> {
  const names = Object.keys(query).filter((name) => !(name in schema.shape))
  return Object.fromEntries(names.sort().map((name) => [name, String(query[name])]))
}

/** "3000" is one account, "3000:3999" a range (decisions.md 11). Undefined when the range ends before it begins. */
export function accountRangeOf(text: string): AccountRange | undefined {
  const colon = text.indexOf(':')
  if (colon < 0) return { from: text, to: text }
  const [from, to] = [text.slice(0, colon), text.slice(colon + 1)]
  if (from === '' || to === '' || to.includes(':') || from > upTo(to)) return undefined
  return { from, to: upTo(to) }
}

/** Sorts after every number that begins with this one, so that 3999 takes 39991 with it. */
const upTo = (number: string): string => `${number}\u{10ffff}`

export const holds = ({ from, to }: AccountRange, account: string): boolean => from <= account && account <= to

/** Rows of a page: 500 unless told, 5 000 at most. */
export const pageSize = (limit: number | undefined): number => Math.min(Math.max(limit ?? 500, 1), 5_000)
