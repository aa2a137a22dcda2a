import * as z from 'zod/mini'
import { FilledText } from '#worker/core/text.ts'
import { REQUIRABLE } from '#worker/ledger/voucher-type.ts'

const FIELD = new RegExp(`^(?:${REQUIRABLE.join('|')}|dimension:[a-z][a-z0-9-]*)$`)
/** Roles of those that may post at all (`ledger:post`); null: all of them. Nobody is no choice: retire the type instead. */
const Roles = z.nullable(
  z.array(z.enum(['administrator', 'accountant'], { error: 'field/invalid' })).check(z.minLength(1, 'field/required')),
)
const Rules = {
  allowedRoles: z.optional(Roles),
  /** Names of what a voucher must have, and `dimension:` with a dimension's key. */
  required: z.optional(z.array(FilledText(64).check(z.regex(FIELD, 'field/invalid'))).check(z.maxLength(40))),
  proposedAccount: z.optional(z.nullable(FilledText(70))),
  proposedCounterAccount: z.optional(z.nullable(FilledText(70))),
  offeredForPayment: z.optional(z.boolean()),
}

/** A voucher type of the company's own. Key and series are both accepted on vouchers, so they must not look alike. */
export const NewVoucherType = z.strictObject({
  key: FilledText(40).check(z.regex(/^[a-z][a-z0-9-]*$/, 'field/invalid')),
  series: FilledText(8).check(z.regex(/^[A-ZÆØÅ0-9]+$/, 'field/invalid')),
  nameNb: FilledText(100),
  nameEn: z.optional(FilledText(100)),
  ...Rules,
})
export type NewVoucherType = z.infer<typeof NewVoucherType>

/** Key and series stand on posted vouchers and do not change. A type that is not active takes no new vouchers. */
export const VoucherTypeChange = z.strictObject({
  nameNb: z.optional(FilledText(100)),
  nameEn: z.optional(FilledText(100)),
  active: z.optional(z.boolean()),
  ...Rules,
})
export type VoucherTypeChange = z.infer<typeof VoucherTypeChange>
