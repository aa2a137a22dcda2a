import * as z from 'zod/mini'
import type { Instant } from '#worker/core/dates.ts'
import { isStorable } from '#worker/core/text.ts'

/** What stands in a cell of a draft: øre and other whole numbers, or a text as typed, readable or not. */
export type Cell = string | number
/** The filled cells of a row by field, `dimensions/department` among them. A draft may hold what no voucher may. */
export type Cells = Readonly<Record<string, Cell>>

/** The row with this key holds the draft's header; every other row is a line. */
export const HEADER = 'header'

/** A row as people share it. `position` orders the rows as a text; see `positionsBetween`. */
export type DraftRow = { key: string; position: string; cells: Cells; removed: boolean }
/** The same with the version of the draft that it came with, and who wrote it. */
export type StoredRow = DraftRow & { version: number; by: string; at: Instant }

/** The longest text of a cell: room for a clash between several. */
const LONGEST = 4_000
/** The most rows of one request; a larger draft is sent in several. */
export const ROWS_AT_ONCE = 5_000

export const DraftId = z
  .string({ error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') })
  .check(z.regex(/^dra_[0-9a-z]{26}$/, 'field/invalid'))

const CellText = z.string().check(z.maxLength(LONGEST, 'field/invalid'), z.refine(isStorable, 'text/not-allowed'))
const Cells = z.record(
  z.string().check(z.regex(/^[a-z][\w/-]{0,79}$/i, 'field/invalid')),
  z.union([CellText, z.int('field/invalid')], 'field/invalid'),
  { error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') },
)

const RowChange = z.strictObject({
  key: z.string().check(z.regex(/^[0-9a-z]{1,26}$/, 'field/invalid')),
  position: z.string().check(z.regex(/^[0-9a-z]{1,200}$/, 'field/invalid')),
  cells: Cells,
  removed: z.optional(z.boolean()),
})

/** Rows as one has them now. `since`: the version of the draft up to which one has seen all that others wrote. */
export const DraftChanges = z.strictObject({
  since: z.int('field/invalid').check(z.minimum(0, 'field/invalid')),
  rows: z.array(RowChange, { error: 'field/invalid' }).check(z.maxLength(ROWS_AT_ONCE, 'field/invalid')),
})
export type DraftChanges = z.infer<typeof DraftChanges>

/** Cells as one text, fields in order: two rows with the same cells give the same text. */
export const textOfCells = (cells: Cells): string =>
  JSON.stringify(Object.fromEntries(Object.entries(cells).sort(([a], [b]) => (a < b ? -1 : 1))))

export const sameCells = (a: Cells, b: Cells): boolean => {
  const fields = Object.keys(a)
  return fields.length === Object.keys(b).length && fields.every((field) => a[field] === b[field])
}

/** Digits of a position: a fraction in base 36, so that between two of them there is always room. */
const BASE = 36n
const WIDTH = 6
/** How far after the last row the next one is put: far enough for rows between, and millions of rows after. */
const STEP = 1_000n

const fractionOf = (position: string, width: number): bigint => {
  let value = 0n
  for (let i = 0; i < width; i++) value = value * BASE + BigInt(Number.parseInt(position[i] ?? '0', 36))
  return value
}

/** So many positions between two rows, in order; without `after` from the beginning, without `before` at the end. */
export function positionsBetween(after: string, before: string | undefined, count: number): string[] {
  for (let width = Math.max(WIDTH, after.length, before?.length ?? 0); ; width++) {
    const from = fractionOf(after, width)
    const to = before === undefined ? BASE ** BigInt(width) : fractionOf(before, width)
    const room = (to - from) / BigInt(count + 1)
    if (room < 1n) continue
    const step = before === undefined && room > STEP ? STEP * BASE ** BigInt(width - WIDTH) : room
    const fits = step * BigInt(count) < to - from ? step : room
    return Array.from({ length: count }, (_, i) =>
      (from + fits * BigInt(i + 1)).toString(36).padStart(width, '0').replace(/0+$/, ''),
    )
  }
}

/** Rows in the order they are shown. */
export const inOrder = <R extends Pick<DraftRow, 'key' | 'position'>>(rows: readonly R[]): R[] =>
  rows.toSorted((a, b) => (a.position !== b.position ? (a.position < b.position ? -1 : 1) : a.key < b.key ? -1 : 1))
