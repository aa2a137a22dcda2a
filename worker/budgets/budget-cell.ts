import * as z from 'zod/mini'
import { Month } from '#worker/core/date-schema.ts'
import { Ore } from '#worker/core/money.ts'
import type { Issue } from '#worker/core/problem.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import { isSpreadKey, type Season, spreadKeys } from './spread.ts'

/** Dimension values of a line, one code a dimension; those that are empty do not count. */
export type Dimensions = Readonly<Record<string, string>>

/** The dimensions as text with its keys in order: two lines with the same account and text are the same line. */
export const dimensionsText = (dimensions: Readonly<Record<string, string | null>>): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(dimensions)
        .filter(([, value]) => value !== null && value !== '')
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  )

/** What a line is known by. */
export const lineKey = (account: string, dimensions: string): string => `${account}\n${dimensions}`

/** An amount of a budget, or null where nothing is budgeted. */
export const Amount = z.nullable(Ore)
export type Amount = z.infer<typeof Amount>

const Changed = <S extends z.ZodMiniType>(value: S) => z.strictObject({ value, was: value })

/** What was changed of a line. `was` is what stood there when it was read: what somebody else changed since is left alone. */
export const LineChange = z.strictObject({
  rowKey: z.optional(Text(64)),
  account: FilledText(70),
  dimensions: z._default(z.record(FilledText(40), z.nullable(Text(35))), {}),
  cells: z._default(z.array(z.strictObject({ month: Month, amount: Amount, was: Amount })), []),
  spread: z.optional(Changed(Text(40))),
  comment: z.optional(Changed(Text(255))),
})
export type LineChange = z.infer<typeof LineChange>

export const CELL_LIMIT = 20_000
export const LineChanges = z.strictObject({
  lines: z.array(LineChange, { error: 'field/required' }),
  /** Answers what would be saved, and saves nothing. */
  dryRun: z.optional(z.boolean()),
})
export type LineChanges = z.infer<typeof LineChanges>

/** A cell as it stands, with who wrote it and when. */
export type KeptCell = { amount: number; by: string; at: string }
/** A line as it stands. */
export type KeptLine = {
  account: string
  dimensions: string
  spread: string
  comment: string
  cells: ReadonlyMap<string, KeptCell>
}

/** Where something stands in a budget: a month's amount, or one of the line's own fields. */
type Place = { line: number; rowKey: string | null; account: string; dimensions: Dimensions; field: string }
/** What was, or would be, changed. `field` is a month, `spread` or `comment`. */
export type Difference = Place & { before: number | string | null; after: number | string | null }
/** What somebody else changed since it was read: kept as it is, and told with both values. */
export type Conflict = Place & {
  was: number | string | null
  yours: number | string | null
  theirs: number | string | null
  by: string | null
  at: string | null
}
export type Judged = { differences: Difference[]; conflicts: Conflict[]; unchanged: number }

/**
 * Judges changes by what stands: those that may be written, those that stand already, and those whose place somebody else
 * changed since it was read. No change is in two of these, and none is left out.
 */
export function judgeChanges(changes: readonly LineChange[], kept: ReadonlyMap<string, KeptLine>): Judged {
  const judged: Judged = { differences: [], conflicts: [], unchanged: 0 }
  changes.forEach((change, line) => {
    const text = dimensionsText(change.dimensions)
    const stands = kept.get(lineKey(change.account, text))
    const place = {
      line,
      rowKey: change.rowKey ?? null,
      account: change.account,
      dimensions: JSON.parse(text) as Dimensions,
    }
    const judge = (field: string, now: number | string | null, was: typeof now, yours: typeof now, cell?: KeptCell) => {
      if (now === yours) judged.unchanged++
      else if (now === was) judged.differences.push({ ...place, field, before: now, after: yours })
      else
        judged.conflicts.push({ ...place, field, was, yours, theirs: now, by: cell?.by ?? null, at: cell?.at ?? null })
    }
    for (const { month, amount, was } of change.cells) {
      const cell = stands?.cells.get(month)
      judge(month, cell?.amount ?? null, was, amount, cell)
    }
    for (const field of ['spread', 'comment'] as const) {
      const changed = change[field]
      if (changed) judge(field, stands?.[field] ?? '', changed.was, changed.value)
    }
  })
  return judged
}

/** A key that no sum can be spread by, where it is new on its line. */
export function checkSpread(
  { spread, rowKey }: Pick<LineChange, 'spread' | 'rowKey'>,
  seasons: readonly Season[],
  pointer: string,
): Issue[] {
  if (!spread || spread.value === spread.was || isSpreadKey(spread.value, seasons)) return []
  const params = { allowed: spreadKeys(seasons) }
  return [{ code: 'field/invalid', severity: 'error', pointer, ...(rowKey !== undefined && { rowKey }), params }]
}

/** What is wrong with changes as they are sent: a month of another year, a place that is changed twice. */
export function checkChanges(changes: readonly LineChange[], months: readonly string[]): Issue[] {
  const within = new Set(months)
  const seen = new Set<string>()
  return changes.flatMap(({ account, dimensions, cells, rowKey }, line) => {
    const key = lineKey(account, dimensionsText(dimensions))
    return cells.flatMap(({ month }, cell): Issue[] => {
      const pointer = `#/lines/${line}/cells/${cell}/month`
      const row = { severity: 'error' as const, pointer, ...(rowKey !== undefined && { rowKey }) }
      const place = `${key}\n${month}`
      const twice = seen.has(place)
      seen.add(place)
      return [
        ...(within.has(month)
          ? []
          : [
              {
                code: 'budget/month-outside-year',
                ...row,
                params: { period: month, first: months[0] ?? '', last: months.at(-1) ?? '' },
              },
            ]),
        ...(twice ? [{ code: 'budget/line-twice', ...row, params: { account, period: month } }] : []),
      ]
    })
  })
}
