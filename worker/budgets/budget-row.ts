import * as z from 'zod/mini'
import { Month } from '#worker/core/date-schema.ts'
import { type Ore, ore, sum } from '#worker/core/money.ts'
import type { Issue } from '#worker/core/problem.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import type { AccountType } from '#worker/ledger/account.ts'
import { Amount, dimensionsText, type KeptLine, type LineChange, lineKey } from './budget-cell.ts'
import { directionOf, SIGNS, type Sign, signed } from './budget-sign.ts'
import { type SpreadFacts, spreadTotal } from './spread.ts'

/**
 * A line of a budget as sheets and files have it: amounts by month in øre, in the sign of the whole import. A month that is
 * not named is left as it is; one that is null is emptied. `total` alone is spread over the year.
 */
export const BudgetRow = z.strictObject({
  rowKey: z.optional(Text(64)),
  account: FilledText(70),
  dimensions: z._default(z.record(FilledText(40), z.nullable(Text(35))), {}),
  amounts: z._default(z.record(Month, Amount), {}),
  total: z.optional(Amount),
  spread: z.optional(Text(40)),
  comment: z.optional(Text(255)),
})
export type BudgetRow = z.infer<typeof BudgetRow>

export const BudgetRows = z.strictObject({
  rows: z.array(BudgetRow, { error: 'field/required' }),
  sign: z._default(z.enum(SIGNS, 'field/invalid'), 'natural'),
  /** What becomes of lines that no row names: they stay, or they are emptied. */
  missing: z._default(z.enum(['keep', 'clear'], 'field/invalid'), 'keep'),
  dryRun: z._default(z.boolean(), false),
})
export type BudgetRows = z.infer<typeof BudgetRows>

export type RowFacts = {
  months: readonly string[]
  typeOf: (account: string) => AccountType | undefined
  kept: ReadonlyMap<string, KeptLine>
  /** What a sum on this account is spread by. */
  spreadOf: (account: string) => Omit<SpreadFacts, 'months'>
}

/** Rows as changes of what stands, one for each row in order, and what is wrong with them. A row no budget can hold is no change. */
export function changesOfRows(
  { rows, sign, missing }: Pick<BudgetRows, 'rows' | 'sign' | 'missing'>,
  facts: RowFacts,
): { changes: (LineChange | null)[]; cleared: LineChange[]; issues: Issue[] } {
  const issues: Issue[] = []
  const firstRowOf = new Map<string, number>()
  const changes = rows.map((row, i): LineChange | null => {
    const text = dimensionsText(row.dimensions)
    const key = lineKey(row.account, text)
    const issue = (severity: Issue['severity'], code: string, field: string, params: NonNullable<Issue['params']>) =>
      issues.push({
        code,
        severity,
        pointer: `#/rows/${i}/${field}`,
        ...(row.rowKey !== undefined && { rowKey: row.rowKey }),
        params,
      })
    const first = firstRowOf.get(key)
    if (first !== undefined) {
      issue('error', 'budget/line-twice', 'account', { account: row.account, row: first + 1 })
      return null
    }
    firstRowOf.set(key, i)
    const outside = Object.keys(row.amounts).filter((month) => !facts.months.includes(month))
    for (const month of outside)
      issue('error', 'budget/month-outside-year', `amounts/${month}`, {
        period: month,
        first: facts.months[0] ?? '',
        last: facts.months.at(-1) ?? '',
      })
    if (outside.length > 0) return null
    const stands = facts.kept.get(key)
    const amounts = amountsOf(row, stands, facts)
    if (differsFromTotal(row)) issue('warning', 'budget/total-differs', 'total', totalParams(row))
    return changeOf(row, stands, signedAmounts(amounts, row.account, sign, facts))
  })
  const cleared =
    missing === 'clear' ? [...facts.kept].filter(([key]) => !firstRowOf.has(key)).map(([, line]) => emptied(line)) : []
  return { changes, cleared, issues }
}

type Written = [month: string, amount: number | null][]

/** The row's months; or its sum over the year, where it has a sum and no month. */
function amountsOf(row: BudgetRow, stands: KeptLine | undefined, facts: RowFacts): Written {
  const given = Object.entries(row.amounts)
  if (given.some(([, amount]) => amount !== null) || row.total === undefined || row.total === null) return given
  const standing = facts.months.map((month) => stands?.cells.get(month)?.amount ?? null)
  const key = row.spread ?? stands?.spread ?? ''
  const spreadBy = { months: facts.months, ...facts.spreadOf(row.account) }
  return spreadTotal(row.total, key, standing, spreadBy).map((amount, i) => [facts.months[i]!, amount])
}

const signedAmounts = (written: Written, account: string, sign: Sign, facts: RowFacts): Written =>
  written.map(([month, amount]) => [month, signed(amount, sign, directionOf(account, facts.typeOf(account)))])

const monthsSum = ({ amounts }: BudgetRow): Ore => sum(Object.values(amounts).map((amount) => amount ?? ore(0)))

/** A printed total that is not the sum of the months it was printed beside: the months count (features.md 4.8). */
const differsFromTotal = (row: BudgetRow): boolean =>
  row.total !== undefined &&
  row.total !== null &&
  Object.values(row.amounts).some((amount) => amount !== null) &&
  monthsSum(row) !== row.total

const totalParams = (row: BudgetRow) => ({
  account: row.account,
  total: row.total!,
  sum: monthsSum(row),
  difference: row.total! - monthsSum(row),
})

function changeOf(row: BudgetRow, stands: KeptLine | undefined, amounts: Written): LineChange {
  const field = (name: 'spread' | 'comment') =>
    row[name] === undefined ? {} : { [name]: { value: row[name], was: stands?.[name] ?? '' } }
  return {
    ...(row.rowKey !== undefined && { rowKey: row.rowKey }),
    account: row.account,
    dimensions: row.dimensions,
    cells: amounts.map(([month, amount]) => ({
      month: month as Month,
      amount: amount as Amount,
      was: (stands?.cells.get(month)?.amount ?? null) as Amount,
    })),
    ...field('spread'),
    ...field('comment'),
  }
}

const emptied = (line: KeptLine): LineChange => ({
  account: line.account,
  dimensions: JSON.parse(line.dimensions),
  cells: [...line.cells].map(([month, { amount }]) => ({ month: month as Month, amount: null, was: amount as Amount })),
  ...(line.comment && { comment: { value: '', was: line.comment } }),
})

/** A line as a row, in a sign: what an export holds, and an import reads back as no change at all. */
export const rowOfLine = (
  line: KeptLine,
  months: readonly string[],
  sign: Sign,
  type: AccountType | undefined,
): BudgetRow => ({
  account: line.account,
  dimensions: JSON.parse(line.dimensions),
  amounts: Object.fromEntries(
    months.map((month) => {
      const amount = (line.cells.get(month)?.amount ?? null) as Amount
      return [month, signed(amount, sign, directionOf(line.account, type))]
    }),
  ) as BudgetRow['amounts'],
  spread: line.spread,
  comment: line.comment,
})
