import * as z from 'zod/mini'
import { FilledText, Text } from '#worker/core/text.ts'

const ColumnLayout = z.strictObject({
  field: z.string().check(z.regex(/^[a-z][\w/-]{0,79}$/i, 'field/invalid')),
  /** In pixels; without it the column's own. */
  width: z.optional(z.int('field/invalid').check(z.minimum(30, 'field/invalid'), z.maximum(800, 'field/invalid'))),
  hidden: z.optional(z.boolean('field/invalid')),
  /** What is filled in on a new line, as one would type it. */
  fill: z.optional(Text(255)),
  /** The next line repeats the value of the line above. */
  repeats: z.optional(z.boolean('field/invalid')),
})
export type ColumnLayout = z.infer<typeof ColumnLayout>

/** How the columns of a screen stand. A column that is not named keeps its own place, after those that are. */
export const LayoutDefinition = z.strictObject({
  columns: z.array(ColumnLayout, 'field/invalid').check(z.maxLength(200, 'field/invalid')),
  /** How many columns from the left stay in sight. */
  frozen: z.optional(z.int('field/invalid').check(z.minimum(0, 'field/invalid'), z.maximum(10, 'field/invalid'))),
})
export type LayoutDefinition = z.infer<typeof LayoutDefinition>

export const Screen = z
  .string({ error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') })
  .check(z.regex(/^[a-z][a-z-]{0,59}$/, 'field/invalid'))

export const LayoutId = z.string().check(z.regex(/^lay_[0-9a-z]{26}$/, 'field/invalid'))

export const ScreenLayoutBody = z.strictObject({
  screen: Screen,
  name: FilledText(60),
  shared: z.boolean('field/required'),
  /** Shared with every client of the office. */
  office: z.optional(z.boolean('field/invalid')),
  definition: LayoutDefinition,
})
export type ScreenLayoutBody = z.infer<typeof ScreenLayoutBody>

/** `owner` is who made it; a shared one is the company's, or its office's. */
export type ScreenLayout = ScreenLayoutBody & { id: string; owner: string; version: number }
