import * as z from 'zod/mini'
import { FilledText } from '#worker/core/text.ts'

/** A voucher type of the company's own. Key and series are both accepted on vouchers, so they must not look alike. */
export const NewVoucherType = z.strictObject({
  key: FilledText(40).check(z.regex(/^[a-z][a-z0-9-]*$/, 'field/invalid')),
  series: FilledText(8).check(z.regex(/^[A-ZÆØÅ0-9]+$/, 'field/invalid')),
  nameNb: FilledText(100),
  nameEn: z.optional(FilledText(100)),
})
export type NewVoucherType = z.infer<typeof NewVoucherType>

/** Key and series stand on posted vouchers and do not change. A type that is not active takes no new vouchers. */
export const VoucherTypeChange = z.strictObject({
  nameNb: z.optional(FilledText(100)),
  nameEn: z.optional(FilledText(100)),
  active: z.optional(z.boolean()),
})
export type VoucherTypeChange = z.infer<typeof VoucherTypeChange>
