import { month as monthText } from '#i18n/format.ts'
import { made } from '#i18n/nb/imports.ts'
import type { Month } from '#worker/core/dates.ts'
import type { VoucherId } from '#worker/core/ids.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { Issue } from '#worker/core/problem.ts'
import { isBalanceAccount } from '#worker/ledger/account.ts'
import type { Books } from '#worker/ledger/books.ts'
import { checkVoucher } from '#worker/ledger/voucher.ts'
import type { VoucherDraft, VoucherLine } from '#worker/ledger/voucher-draft.ts'
import { checkMonthRows } from '#worker/opening-balance/month-rows.ts'
import type { MovementRow, MovementSheet } from '#worker/opening-balance/movement-row.ts'
import { interimText } from '#worker/opening-balance/opening-judgement.ts'
import {
  interimOf,
  type MovementMonth,
  movementMonthsOf,
  type TakeoverPlan,
} from '#worker/opening-balance/takeover-plan.ts'
import { type Cumulative, cumulativeMonths } from './cumulative.ts'

/** A month of the sheet: what it sums to in øre, whether it looks like balances, and the voucher it would become. */
export type JudgedMonth = MovementMonth & {
  sum: Ore
  /** Accounts that moved. */
  accounts: number
  cumulative: Cumulative | null
  /** Looks cumulative, and was said to be movements. */
  kept: boolean
  /** Without an id: that is made of what it holds. Null for a month in which nothing moved. */
  draft: Omit<VoucherDraft, 'id'> | null
}
export type MovementJudgement = { months: JudgedMonth[]; issues: Issue[] }

const NO_ID = `vch_${'0'.repeat(26)}` as VoucherId

/**
 * Judges the sheet of movements by the books: each row, whether each month sums to zero, and whether a month is a balance where a
 * movement is meant. Customers and suppliers move on their interim accounts. `opening` is what balance accounts opened with, in
 * øre. Grid and Worker run this same function. Source: features.md OPB-04 to OPB-06, 4.7.
 */
export function judgeMovements(
  { rows, keptMonths }: MovementSheet,
  plan: TakeoverPlan,
  opening: ReadonlyMap<string, Ore>,
  books: Books,
): MovementJudgement {
  const issues: Issue[] = []
  const tell = (severity: Issue['severity'], code: string, pointer: string, params: Issue['params'] = {}) => {
    const at = /^#\/rows\/(\d+)\//.exec(pointer)?.[1]
    const rowKey = at && rows[Number(at)]!.rowKey
    issues.push({ code, severity, pointer, ...(rowKey && { rowKey }), params })
  }
  const columns = movementMonthsOf(plan, books)
  const inColumns = new Set(columns.map(({ month }) => month))
  const known = checkMonthRows(rows, inColumns, books, tell)
  const cumulative = plan.inTotal
    ? new Map<Month, Cumulative>()
    : cumulativeMonths(rows, columns, opening, books.accounts)
  const months = columns.map((column): JudgedMonth => {
    const lines = linesOf(rows, known, column.month, plan, books)
    const sum = ore(lines.reduce<number>((n, { line }) => n + line.amount!, 0))
    const of = cumulative.get(column.month) ?? null
    const kept = of !== null && keptMonths.includes(column.month)
    const pointer = `#/months/${column.month}`
    if (of && !kept) tell('error', 'takeover/looks-cumulative', pointer, { month: column.month, ...of })
    const unknown = rows.some((row, at) => !known[at] && (row.amounts[column.month] ?? 0) !== 0)
    if (sum !== 0 && !unknown)
      tell('error', 'takeover/month-unbalanced', pointer, {
        month: column.month,
        missing: Math.abs(sum),
        side: sum > 0 ? 'credit' : 'debit',
      })
    const draft = lines.length === 0 ? null : draftOf(column, lines)
    if (draft) issues.push(...issuesOfVoucher(draft, lines, column.month, books))
    return { ...column, sum, accounts: lines.length, cumulative: of, kept, draft }
  })
  issues.push(...resultsLeft(rows, plan, books))
  return { months, issues: inOrder(issues) }
}

type PlacedLine = { at: number; line: VoucherLine }

/** What moved in a month, customers and suppliers on their interim accounts. */
function linesOf(
  rows: readonly MovementRow[],
  known: readonly boolean[],
  month: Month,
  plan: TakeoverPlan,
  books: Books,
): PlacedLine[] {
  const interim = interimOf(plan)
  return rows.flatMap((row, at) => {
    const amount = row.amounts[month] ?? 0
    if (!known[at] || amount === 0) return []
    const { control } = books.accounts.get(row.account)!
    const dimensions = Object.fromEntries(Object.entries(row.dimensions).filter(([, value]) => value !== ''))
    const line = {
      rowKey: row.rowKey,
      account: control ? interim[control] : row.account,
      amount: ore(amount),
      ...(Object.keys(dimensions).length > 0 && { dimensions }),
      ...(control && { text: interimText(row.account) }),
    }
    return [{ at, line }]
  })
}

const draftOf = ({ month, voucherDate }: MovementMonth, lines: readonly PlacedLine[]): Omit<VoucherDraft, 'id'> => ({
  type: 'movement',
  voucherDate,
  text: made.movements.replace('{month}', monthText(month, 'nb')),
  lines: lines.map(({ line }) => line),
})

/** What the rules of every voucher say, at the cells its lines came from. */
function issuesOfVoucher(
  draft: Omit<VoucherDraft, 'id'>,
  lines: readonly PlacedLine[],
  month: Month,
  books: Books,
): Issue[] {
  return checkVoucher({ id: NO_ID, ...draft }, books, { softLock: true }).issues.flatMap((issue): Issue[] => {
    if (issue.code === 'voucher/unbalanced') return []
    const { fix: _, rowKey, ...plain } = issue
    const line = /^#\/lines\/(\d+)\//.exec(issue.pointer)
    if (!line) return [{ ...plain, pointer: `#/months/${month}` }]
    const { at } = lines[Number(line[1])]!
    return [{ ...plain, ...(rowKey && { rowKey }), pointer: `#/rows/${at}/amounts/${month}` }]
  })
}

/**
 * Fiscal years that end before the cut-over and whose result nobody moved to equity. It is told and never made up: reports show
 * it as undistributed, and the year can be closed here (features.md 4.8).
 */
function resultsLeft(rows: readonly MovementRow[], plan: TakeoverPlan, books: Books): Issue[] {
  return books.fiscalYears
    .filter(({ firstDate, lastDate }) => plan.openingDate <= firstDate && lastDate < plan.cutOverDate)
    .flatMap(({ year, firstDate, lastDate }): Issue[] => {
      let result = 0
      for (const { account, amounts } of rows) {
        const { type } = books.accounts.get(account) ?? {}
        if (!type || isBalanceAccount(type)) continue
        for (const [month, amount] of Object.entries(amounts))
          if (firstDate.slice(0, 7) <= month && month <= lastDate.slice(0, 7)) result -= amount
      }
      if (result === 0) return []
      const params = { year: String(year), result }
      return [{ code: 'takeover/result-not-moved', severity: 'warning', pointer: '#/rows', params }]
    })
}

/** Rows in their order, after what is told of the sheet and its months. */
function inOrder(issues: Issue[]): Issue[] {
  const row = ({ pointer }: Issue) => Number(/^#\/rows\/(\d+)\//.exec(pointer)?.[1] ?? -1)
  return issues.sort((a, b) => row(a) - row(b))
}

/** What balance accounts opened with, from the rows of the opening balance, under the old system's own account numbers. */
export function openingSums(
  rows: readonly { account: string; amount: Ore | null }[],
  books: Pick<Books, 'accounts'>,
): Map<string, Ore> {
  const sums = new Map<string, Ore>()
  for (const { account, amount } of rows) {
    const { type } = books.accounts.get(account) ?? {}
    if (type && isBalanceAccount(type)) sums.set(account, ore((sums.get(account) ?? 0) + (amount ?? 0)))
  }
  return sums
}
