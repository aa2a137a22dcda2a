import * as z from 'zod/mini'

const Whole = (digits: number) =>
  z.pipe(z.string().check(z.regex(new RegExp(`^\\d{1,${digits}}$`), 'field/invalid')), z.transform(Number))

/** The longest a request waits for something to happen, in milliseconds. */
export const LONGEST_WAIT_MS = 25_000

/**
 * Events after a place in the feed: 0 is its beginning, `newest` its end. With `waitMs` an empty answer waits that long for
 * something to happen.
 */
export const EventQuery = z.strictObject({
  after: z.optional(z.union([z.literal('newest'), Whole(15)], 'field/invalid')),
  limit: z.optional(Whole(9)),
  waitMs: z.optional(Whole(9)),
})
export type EventQuery = z.infer<typeof EventQuery>
