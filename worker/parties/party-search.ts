import * as z from 'zod/mini'
import { Text } from '#worker/core/text.ts'

const Whole = z.pipe(z.string().check(z.regex(/^\d{1,9}$/, 'field/invalid')), z.transform(Number))

/** Which parties, and how many: 500 unless told, 5 000 at most. `q` is the beginning of a number or organisation number, or any part of a name. */
export const PartyQuery = z.strictObject({
  kind: z.optional(z.enum(['customer', 'supplier'], 'field/invalid')),
  q: z.optional(Text(100)),
  active: z.optional(
    z.pipe(
      z.enum(['true', 'false'], 'field/invalid'),
      z.transform((s) => s === 'true'),
    ),
  ),
  limit: z.optional(Whole),
  cursor: z.optional(z.string().check(z.refine((s) => cursorOf(s) !== undefined, 'field/invalid'))),
})
export type PartyQuery = z.infer<typeof PartyQuery>

export type Place = { kind: string; number: string }

/** Where a page ended, as an opaque text. */
export const cursorAfter = ({ kind, number }: Place): string =>
  `${kind === 'customer' ? 'c' : 's'}${encodeURIComponent(number)}`

export function cursorOf(cursor: string): Place | undefined {
  const kind = { c: 'customer', s: 'supplier' }[cursor.charAt(0)]
  try {
    return kind ? { kind, number: decodeURIComponent(cursor.slice(1)) } : undefined
  } catch {
    return undefined
  }
}
