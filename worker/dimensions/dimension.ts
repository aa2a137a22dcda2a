import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/dates.ts'
import { FilledText } from '#worker/core/text.ts'

/** A dimension of the company's own beside department and project. The key stands on posted entries and never changes. */
export const NewDimension = z.strictObject({
  key: FilledText(40).check(z.regex(/^[a-z][a-z0-9-]*$/, 'field/invalid')),
  nameNb: FilledText(100),
  nameEn: z.optional(FilledText(100)),
})
export type NewDimension = z.infer<typeof NewDimension>

/** `none` selects entries without the dimension in a report, so no value may be called that. */
const ValueCode = FilledText(35).check(z.refine((code) => code !== 'none' && code.trim() === code, 'field/invalid'))

export const NewDimensionValue = z.strictObject({
  code: ValueCode,
  name: FilledText(256),
  closedFrom: z.optional(z.nullable(IsoDate)),
})
export type NewDimensionValue = z.infer<typeof NewDimensionValue>

export const DimensionValueChange = z.strictObject({
  name: z.optional(FilledText(256)),
  closedFrom: z.optional(z.nullable(IsoDate)),
})
export type DimensionValueChange = z.infer<typeof DimensionValueChange>

/** What accounts demand of a dimension. Accounts that are not named keep what they have; optional takes a demand away. */
export const DimensionRules = z.strictObject({
  rules: z.record(FilledText(70), z.enum(['required', 'forbidden', 'optional'], 'field/invalid')),
})
export type DimensionRules = z.infer<typeof DimensionRules>
export type Rule = DimensionRules['rules'][string]

export type DimensionValue = { code: string; name: string; closedFrom: string | null; version: number }
export type Dimension = {
  key: string
  nameNb: string
  nameEn: string
  position: number
  rules: Record<string, 'required' | 'forbidden'>
}
