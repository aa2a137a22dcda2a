import * as z from 'zod/mini'
import { FilledText } from '#worker/core/text.ts'
import { LayoutLine } from './report-layout.ts'

const Lines = z
  .array(LayoutLine, { error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid') })
  .check(z.minLength(1, 'field/required'), z.maxLength(400, 'field/invalid'))

/** A layout of a company's own; the lines may be copied from a standard one. */
export const NewLayout = z.strictObject({
  nameNb: FilledText(120),
  nameEn: z.optional(FilledText(120)),
  statement: z.enum(['income', 'balance'], {
    error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid'),
  }),
  lines: Lines,
})
export type NewLayout = z.infer<typeof NewLayout>

/** What may change of it; which statement it is for may not. */
export const LayoutChange = z.strictObject({
  nameNb: z.optional(FilledText(120)),
  nameEn: z.optional(FilledText(120)),
  lines: z.optional(Lines),
})
export type LayoutChange = z.infer<typeof LayoutChange>
