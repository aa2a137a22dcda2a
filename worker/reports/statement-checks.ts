import { type Ore, ore } from '#worker/core/money.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { leavesOf, type ReportLayout, type StatementKind } from './report-layout.ts'
import type { StatementLine } from './statement.ts'
import type { StatementColumn } from './statement-columns.ts'
import type { SubLedgerSums } from './trial-balance.ts'

/** A lock in the report's days, and how many vouchers came into its months after it. */
export type LockRow = readonly [
  id: string,
  fromMonth: string,
  toMonth: string,
  recordedAt: string,
  ledgerVersion: number,
  late: number,
]

/** Something that must hold if the statement is right; amounts in øre. */
export type StatementCheck = {
  key:
    | 'result-equals-accounts'
    | 'assets-equal-equity-and-debt'
    | 'accounts-placed'
    | 'columns-sum-to-total'
    | 'budget-accounts-known'
    | 'customer-ledger-equals-control'
    | 'supplier-ledger-equals-control'
    | 'period-seal'
  holds: boolean
  amount: Ore
  /** By how much it fails; of a seal, how many vouchers came after it. */
  difference: number
  accounts?: readonly string[]
  lock?: { id: string; fromMonth: string; toMonth: string; recordedAt: string; ledgerVersion: number }
}

type Facts = {
  statement: StatementKind
  layout: ReportLayout
  lines: readonly StatementLine[]
  columns: readonly StatementColumn[]
  filtered: boolean
  years: readonly FiscalYear[]
  /** The first column of actual figures, and what all income and cost accounts moved in its days. */
  own: { column: number; result: number } | undefined
  subLedger: readonly SubLedgerSums[]
  /** The control accounts of each kind of party. */
  control: (kind: SubLedgerSums[0]) => readonly string[]
  locks: readonly LockRow[]
  /** Accounts of the budget that the chart does not have; undefined when no budget is shown. */
  unknownBudgetAccounts: readonly string[] | undefined
}

/** What a statement was checked against. A dimension alone need not balance, so a filtered one is only held against itself. */
export function checksOfStatement(facts: Facts): StatementCheck[] {
  return [
    ...(facts.statement === 'income' ? resultCheck(facts) : balanceCheck(facts)),
    ...placedCheck(facts),
    ...columnCheck(facts),
    ...budgetCheck(facts),
    ...(facts.statement === 'balance' && !facts.filtered
      ? facts.subLedger.flatMap((sums) => subLedgerCheck(sums, facts.control(sums[0])))
      : []),
    ...facts.locks.map(lockCheck),
  ]
}

const check = (key: StatementCheck['key'], amount: number, difference: number): StatementCheck => ({
  key,
  holds: difference === 0,
  amount: ore(amount),
  difference: ore(difference),
})

/** A line's amount in a column as debit and credit; 0 when it is not there. */
const signed = ({ side, amounts }: StatementLine, column: number): number =>
  (side === 'credit' ? -1 : 1) * (amounts[column] ?? 0)

const withAmounts = ({ lines }: Facts): StatementLine[] =>
  lines.filter(({ kind }) => kind === 'accounts' || kind === 'result' || kind === 'unplaced')

function resultCheck(facts: Facts): StatementCheck[] {
  const { own } = facts
  if (!own) return []
  const shown = withAmounts(facts).reduce((total, line) => total + signed(line, own.column), 0)
  return [check('result-equals-accounts', -shown, shown - own.result)]
}

/** Totals of the layout against each other in every column, and all lines against zero. */
function balanceCheck({ lines, layout, columns, filtered }: Facts): StatementCheck[] {
  if (filtered) return []
  const [first, ...others] = lines.filter((line) => line.total)
  if (!first || others.length === 0) return []
  const plain = columns.flatMap(({ compared }, i) => (compared ? [] : [i]))
  const unplaced = lines.find(({ kind }) => kind === 'unplaced')
  const counted = new Set(layout.lines.filter((l) => l.total).flatMap((l) => leavesOf(layout, l.key).map((x) => x.key)))
  const outside = lines.filter(({ kind, key }) => (kind === 'accounts' || kind === 'result') && !counted.has(key))
  const rest = (column: number): number =>
    [first, ...others, ...outside, ...(unplaced ? [unplaced] : [])].reduce((sum, line) => sum + signed(line, column), 0)
  const worst = plain.map(rest).sort((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0
  const closing = columns.findIndex(({ what }) => what === 'closing')
  return [check('assets-equal-equity-and-debt', first.amounts[closing < 0 ? (plain[0] ?? 0) : closing] ?? 0, worst)]
}

function placedCheck({ lines }: Facts): StatementCheck[] {
  const unplaced = lines.find(({ kind }) => kind === 'unplaced')
  const accounts = (unplaced?.accounts ?? []).filter(({ amounts }) => amounts.some((amount) => amount))
  const amount = unplaced?.amounts.find((a) => a) ?? 0
  return [
    {
      ...check('accounts-placed', amount, 0),
      holds: accounts.length === 0,
      difference: accounts.length,
      accounts: accounts.map(({ account }) => account),
    },
  ]
}

/** The values of a dimension in columns, those without it included, are together the whole. */
function columnCheck(facts: Facts): StatementCheck[] {
  const byDimension = facts.columns.flatMap(({ dimension }, i) => (dimension ? [i] : []))
  const whole = facts.columns.findIndex(({ key }) => /^by:.*=all$/.test(key))
  if (byDimension.length === 0 || whole < 0) return []
  const worst = withAmounts(facts)
    .map((line) => byDimension.reduce((sum, i) => sum + (line.amounts[i] ?? 0), 0) - (line.amounts[whole] ?? 0))
    .sort((a, b) => Math.abs(b) - Math.abs(a))[0]
  return [check('columns-sum-to-total', 0, worst ?? 0)]
}

function budgetCheck({ unknownBudgetAccounts }: Facts): StatementCheck[] {
  if (!unknownBudgetAccounts) return []
  const accounts = [...new Set(unknownBudgetAccounts)]
  return [
    {
      ...check('budget-accounts-known', 0, 0),
      holds: accounts.length === 0,
      difference: accounts.length,
      accounts,
    },
  ]
}

const subLedgerCheck = ([kind, parties, own]: SubLedgerSums, accounts: readonly string[]): StatementCheck[] =>
  accounts.length === 0 ? [] : [{ ...check(`${kind}-ledger-equals-control`, parties, parties - own), accounts }]

const lockCheck = ([id, fromMonth, toMonth, recordedAt, ledgerVersion, late]: LockRow): StatementCheck => ({
  key: 'period-seal',
  holds: late === 0,
  amount: ore(0),
  difference: late,
  lock: { id, fromMonth, toMonth, recordedAt, ledgerVersion },
})
