import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { type Instant, instantOf } from '#worker/core/dates.ts'
import { Ore } from '#worker/core/money.ts'
import { FilledText } from '#worker/core/text.ts'
import { MatchId } from '#worker/ledger/item-match.ts'
import { OpenItemId } from '#worker/ledger/open-item.ts'

const Whole = z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid')), z.transform(Number))
const Flag = z.pipe(
  z.enum(['true', 'false', '1', '0'], { error: 'field/invalid' }),
  z.transform((s) => s === 'true' || s === '1'),
)
const Kind = z.enum(['customer', 'supplier'], {
  error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid'),
})

/** The state that is asked for: the books at a day, as they were known at an instant (a day means its end) or a version. */
const state = {
  asAtDate: z.optional(IsoDate),
  asKnownAt: z.optional(
    z.pipe(
      z.string().check(z.refine((s) => instantOf(s) !== undefined, 'date/invalid')),
      z.transform((s) => instantOf(s) as Instant),
    ),
  ),
  atVersion: z.optional(
    z.pipe(
      z.string().check(z.regex(/^(latest|\d{1,15})$/, 'field/invalid')),
      z.transform((s) => (s === 'latest' ? undefined : Number(s))),
    ),
  ),
  language: z.optional(z.string()),
}

/** `cursor` is opaque; a page holds 500 items unless told, 5 000 at most. */
export const OpenItemQuery = z.strictObject({
  ...state,
  kind: z.optional(Kind),
  party: z.optional(FilledText(35)),
  account: z.optional(FilledText(70)),
  overdue: z.optional(Flag),
  limit: z.optional(Whole),
  cursor: z.optional(z.string().check(z.regex(/^\d{1,15}-\d{1,9}$/, 'field/invalid'))),
})
export const AgeingQuery = z.strictObject({
  ...state,
  kind: Kind,
  party: z.optional(FilledText(35)),
  /** The last day past due of each column but the last: 30,60,90 unless told. */
  buckets: z.optional(
    z.pipe(
      z.string().check(
        z.regex(/^\d{1,4}(,\d{1,4}){0,11}$/, 'field/invalid'),
        z.refine((s) => s.split(',').every((n, i, all) => i === 0 || Number(n) > Number(all[i - 1])), 'field/invalid'),
      ),
      z.transform((s) => s.split(',').map(Number)),
    ),
  ),
})
export const StatementQuery = z.strictObject({
  asKnownAt: state.asKnownAt,
  atVersion: state.atVersion,
  language: state.language,
  fromDate: z.optional(IsoDate),
  toDate: z.optional(IsoDate),
  limit: z.optional(Whole),
  cursor: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}_\d{1,15}_\d{1,9}_-?\d{1,16}$/, 'field/invalid'))),
})

const flag = z.optional(z.boolean('field/invalid'))

/**
 * A match of open items. An amount left out is all that is left of the item, as far as the others allow. `difference` has what
 * is left over booked: on currency gain or loss, or up to the company's limit on rounding, unless an account is named.
 */
export const WantedMatchBody = z.strictObject({
  id: MatchId,
  items: z
    .array(z.strictObject({ openItem: OpenItemId, amount: z.optional(Ore) }), {
      error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid'),
    })
    .check(z.minLength(1, 'field/required'), z.maxLength(1_000, 'field/invalid')),
  reason: z.optional(FilledText(255)),
  /** Where several items could give way, the newest do. */
  oldestFirst: flag,
  difference: z.optional(
    z.strictObject({
      account: z.optional(FilledText(70)),
      voucherDate: z.optional(IsoDate),
      text: z.optional(FilledText(255)),
    }),
  ),
  /** Tells what would be matched and booked, and keeps nothing. */
  dryRun: flag,
})
export type WantedMatchBody = z.infer<typeof WantedMatchBody>

const PartyCursor = z
  .string()
  .check(z.regex(/^(customer|supplier):./, 'field/invalid'), z.maxLength(60, 'field/invalid'))

/** Whose payments and credit notes that nothing settles; all unless told. */
export const LeftQuery = z.strictObject({
  kind: z.optional(Kind),
  party: z.optional(FilledText(35)),
  cursor: z.optional(PartyCursor),
  language: z.optional(z.string()),
})

/** Which items are matched by rule; all unless told. `cursor` goes on where the call before ended. */
export const AutomaticMatching = z.strictObject({
  kind: z.optional(Kind),
  party: z.optional(FilledText(35)),
  oldestFirst: flag,
  dryRun: flag,
  cursor: z.optional(PartyCursor),
})
export type AutomaticMatching = z.infer<typeof AutomaticMatching>

/** `voucherDate`: when the difference is reversed, where the match booked one; the first open day unless told. */
export const UndoneMatchBody = z.strictObject({
  reason: z.optional(FilledText(255)),
  voucherDate: z.optional(IsoDate),
})
