import * as z from 'zod/mini'
import type { Instant } from '#worker/core/dates.ts'
import { FilledText } from '#worker/core/text.ts'

/** A comment on a voucher; the client may make the id, and then it is the idempotency key. It is never changed. */
export const NewComment = z.strictObject({
  id: z.optional(z.string().check(z.regex(/^cmt_[0-9a-z]{26}$/, 'field/invalid'))),
  text: FilledText(2_000),
})
export type Comment = { id: string; text: string; recordedAt: Instant; by: string }
