import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { FilledText, Text } from '#worker/core/text.ts'

/** A dimension of the company's own beside department and project. The key stands on posted entries and never changes. */
export const NewDimension = z.strictObject({
  key: FilledText(40).check(z.regex(/^[a-z][a-z0-9-]*$/, 'field/invalid')),
  nameNb: FilledText(100),
  nameEn: z.optional(FilledText(100)),
})
export type NewDimension = z.infer<typeof NewDimension>

/** `none` selects entries without the dimension in a report, so no value may be called that. */
const ValueCode = FilledText(35).check(z.refine((code) => code !== 'none' && code.trim() === code, 'field/invalid'))

/** Without a code it gets the next number of the dimension's series, where it has one. */
export const NewDimensionValue = z.strictObject({
  code: z.optional(ValueCode),
  name: FilledText(256),
  closedFrom: z.optional(z.nullable(IsoDate)),
})
export type NewDimensionValue = z.infer<typeof NewDimensionValue>

export const DimensionValueChange = z.strictObject({
  name: z.optional(FilledText(256)),
  closedFrom: z.optional(z.nullable(IsoDate)),
})
export type DimensionValueChange = z.infer<typeof DimensionValueChange>

/** Names may change; so may how new values are numbered: a prefix and that many digits, or null for no numbers. */
export const DimensionChange = z.strictObject({
  nameNb: z.optional(FilledText(100)),
  nameEn: z.optional(FilledText(100)),
  series: z.optional(
    z.nullable(
      z.strictObject({
        prefix: Text(20).check(z.regex(/^\S*$/, 'field/invalid')),
        digits: z.int('field/invalid').check(z.gte(1, 'field/invalid'), z.lte(9, 'field/invalid')),
      }),
    ),
  ),
})
export type DimensionChange = z.infer<typeof DimensionChange>

/** The value an account's lines get where one types; null takes it away. Accounts that are not named keep what they have. */
export const DimensionDefaults = z.strictObject({ defaults: z.record(FilledText(70), z.nullable(ValueCode)) })
export type DimensionDefaults = z.infer<typeof DimensionDefaults>

/** How the values of a dimension are numbered. */
export type DimensionSeries = { prefix: string; digits: number; lastNumber: number }

/** The first number of a series after the last one given whose code is free: a number is never given twice (features.md PRJ-01). */
export function nextCode(
  { prefix, digits, lastNumber }: DimensionSeries,
  taken: ReadonlySet<string>,
): { code: string; number: number } {
  let number = lastNumber + 1
  const codeOf = () => `${prefix}${String(number).padStart(digits, '0')}`
  while (taken.has(codeOf())) number++
  return { code: codeOf(), number }
}

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
  defaults: Record<string, string>
  series: DimensionSeries | null
}
