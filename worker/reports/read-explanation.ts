import { type Ore, ore } from '#worker/core/money.ts'
import type { Database } from '#worker/database/connect.ts'
import { budgetFiguresOf, budgetStatements } from './budget-figures.ts'
import {
  type BridgeQuestion,
  bridgeSteps,
  STEP_CLASSES,
  type StepClass,
  stepVouchers,
  valueNames,
} from './explanation-store.ts'
import type { FigureTable } from './figure-table.ts'
import type { Days } from './period-range.ts'
import type { Question } from './question-store.ts'
import { readFigureTables } from './read-figure-tables.ts'
import { accountsOfLine } from './read-layouts.ts'
import { readFrame, refuse, withPeriod } from './read-statement-frame.ts'
import { rowsOf } from './read-trial-balance.ts'
import type { Measure } from './report-batch.ts'
import { accountRangeOf, holds } from './report-query.ts'
import { STANDARD_LAYOUTS } from './standard-layouts.ts'
import { yearsEarlier } from './statement-columns.ts'

export type ExplanationAsked = {
  line?: string | undefined
  account?: string | undefined
  layout?: string | undefined
  period?: string | undefined
  against?: 'last-year' | 'budget' | undefined
  budget?: string | undefined
  by?: string | undefined
  largest?: number | undefined
  /** A step to list the vouchers of: a class, or `ordinary:KEY`. */
  step?: string | undefined
}
type VoucherRow = [
  id: string,
  series: string,
  fiscalYear: number,
  number: number,
  voucherDate: string,
  text: string,
  recordedAt: string,
  side: 'this' | 'before',
  amount: number,
]
type RestRow = [cls: StepClass, key: string, side: 'this' | 'before', amount: number, vouchers: number]

export type Step = {
  kind: 'voucher' | StepClass | 'budget'
  /** The account or dimension value of an ordinary step. */
  key: string | null
  nameNb: string
  nameEn: string
  /** What the step adds to the figure one comes from, in øre as the figure is shown. */
  amount: Ore
  /** The step's part of the figure and of the one before, and how many vouchers it is. */
  actual: Ore
  before: Ore
  vouchers: number
  voucher: ReturnType<typeof voucherOf> | null
}

/**
 * The way from last year's or the budgeted figure to the actual one in steps that leave nothing over: the vouchers that weigh
 * most, corrections, what came after a lock, foreign currency, and the rest by account or by a dimension's values. The two
 * figures come from the kept balances and the steps from the entries, so that the check is a check. Øre, in the line's sign.
 * @throws Problem 422 request/invalid: what a statement refuses; report-layout/line-unknown, account/unknown.
 */
export async function readExplanation(db: Database, asked: Question, wanted: ExplanationAsked) {
  const against = wanted.against ?? 'last-year'
  const q = await withPeriod(db, asked, wanted.period)
  const layout = wanted.layout ?? layoutOf(wanted.line)
  const by = wanted.by === 'account' ? undefined : wanted.by
  const frame = await readFrame(db, q, { layout, by: by === undefined ? [] : [by] })
  if (by !== undefined && (!frame.codes.has(by) || against === 'budget')) refuse('field/invalid', '#/by')
  const { fromDate, toDate } = frame.head
  const days = { fromDate, toDate }
  const before = yearsEarlier(days, 1)
  const accounts = accountsAsked(frame, wanted)
  const line = frame.layout.lines.find(({ key }) => key === wanted.line)
  const first = frame.chart.find(({ number }) => number === accounts[0])
  const side = line?.side ?? (first && ['asset', 'expense'].includes(first.type) ? 'debit' : 'credit')
  const sign = side === 'credit' ? -1 : 1
  const bridge: BridgeQuestion = {
    ...q,
    ...days,
    accountList: accounts,
    days,
    before: against === 'budget' ? undefined : before,
    largest: Math.min(Math.max(wanted.largest ?? 10, 0), 50),
    by,
  }
  const step = stepAsked(wanted.step)
  const { tables, beside, chart, years, ledgerVersion } = await readFigureTables(
    db,
    [
      {
        question: { ...q, ...days },
        periods: [days, before].map((own) => ({ from: own, to: own })),
        measures: new Set<Measure>(['movement']),
      },
    ],
    q.today,
    [
      bridgeSteps(bridge),
      valueNames(by ?? ''),
      step ? stepVouchers(bridge, step.kind, step.key, 500) : "select '[]' as rows",
      ...(against === 'budget' ? budgetStatements(wanted.budget, q.filter.dimensions) : []),
    ],
  )
  const [{ table, version, chainHead }] = tables as [(typeof tables)[number]]
  const budget = against === 'budget' ? budgetFiguresOf(beside.slice(3), chart, years, [days]) : undefined
  if (budget?.budgets.length === 0) {
    if (wanted.budget !== undefined) refuse('budget/unknown', '#/budget', { budget: wanted.budget })
    refuse('measure/not-available', '#/against', { measure: 'budget' })
  }
  const sumOf = (of: FigureTable, own: typeof days): number =>
    accounts.reduce((sum, account) => sum + of.figure(of.accountPlace(account), of.spanOf(own), 'movement'), 0)
  const to = ore(sign * sumOf(table, days))
  const from = ore(sign * (budget ? sumOf(budget.table, days) : sumOf(table, before)))
  const names = namesOf(by, chart, rowsOf<[string, string]>(beside[1]!))
  const steps = stepsOf(beside[0]!.rows[0]!, sign, names)
  const all = budget ? withBudget(steps, budget.table, accounts, days, sign, names) : steps
  const sum = all.reduce((total, { amount }) => total + amount, 0)
  return {
    report: 'explanation',
    ...frame.head,
    ledgerVersion,
    atVersion: version,
    chainHead,
    line: line ? { key: line.key, nameNb: line.nameNb, nameEn: line.nameEn } : null,
    layout: frame.layout.key,
    accounts,
    against,
    before: budget ? days : before,
    side,
    from,
    to,
    difference: ore(to - from),
    steps: all,
    ...(step && { vouchers: rowsOf<VoucherRow>(beside[2]!).map((row) => voucherOf(row, sign)) }),
    remainder: ore(to - from - sum),
    checks: [
      {
        key: 'steps-sum-to-difference',
        holds: sum === to - from,
        amount: ore(to - from),
        difference: ore(to - from - sum),
      },
    ],
  }
}

export type Explanation = Awaited<ReturnType<typeof readExplanation>>

const layoutOf = (line: string | undefined): string | undefined =>
  STANDARD_LAYOUTS.find(({ lines }) => lines.some(({ key }) => key === line))?.key

function accountsAsked({ layout, chart }: Awaited<ReturnType<typeof readFrame>>, wanted: ExplanationAsked): string[] {
  if (wanted.account !== undefined) {
    const range = accountRangeOf(wanted.account)
    if (!range) refuse('field/invalid', '#/account', { reason: 'account-range', value: wanted.account })
    const found = chart.filter(({ number }) => holds(range, number)).map(({ number }) => number)
    if (found.length === 0) refuse('account/unknown', '#/account', { account: wanted.account })
    return found
  }
  if (wanted.line === undefined) refuse('field/required', '#/line')
  return (
    accountsOfLine(layout, wanted.line, [...chart]) ??
    refuse('report-layout/line-unknown', '#/line', { line: wanted.line })
  )
}

function stepAsked(step: string | undefined): { kind: StepClass; key: string | undefined } | undefined {
  if (step === undefined) return undefined
  const at = step.indexOf(':')
  const kind = (at < 0 ? step : step.slice(0, at)) as StepClass
  if (!STEP_CLASSES.includes(kind)) refuse('field/invalid', '#/step', { allowed: [...STEP_CLASSES] })
  return { kind, key: at < 0 ? undefined : step.slice(at + 1) }
}

type Names = (key: string) => { nameNb: string; nameEn: string }
function namesOf(
  by: string | undefined,
  chart: readonly { number: string; nameNb: string; nameEn: string }[],
  values: readonly [code: string, name: string][],
): Names {
  const known = new Map(
    by === undefined
      ? chart.map(({ number, nameNb, nameEn }) => [number, { nameNb, nameEn }] as const)
      : values.map(([code, name]) => [code, { nameNb: name, nameEn: name }] as const),
  )
  return (key) => known.get(key) ?? { nameNb: '', nameEn: '' }
}

function stepsOf(row: Readonly<Record<string, unknown>>, sign: 1 | -1, names: Names): Step[] {
  const largest = (JSON.parse(String(row.largest)) as VoucherRow[]).map((v): Step => {
    const voucher = voucherOf(v, sign)
    const isNow = voucher.side === 'this'
    return {
      kind: 'voucher',
      key: null,
      nameNb: voucher.text,
      nameEn: voucher.text,
      amount: voucher.amount,
      actual: ore(isNow ? voucher.amount : 0),
      before: ore(isNow ? 0 : -voucher.amount),
      vouchers: 1,
      voucher,
    }
  })
  const rest = new Map<string, Step>()
  for (const [kind, key, side, amount, vouchers] of JSON.parse(String(row.rest)) as RestRow[]) {
    const own = kind === 'ordinary' ? key : null
    const at = `${kind} ${own}`
    const was = rest.get(at)
    const shown = sign * amount
    rest.set(at, {
      kind,
      key: own,
      ...(own === null ? { nameNb: '', nameEn: '' } : names(own)),
      amount: ore((was?.amount ?? 0) + shown),
      actual: ore((was?.actual ?? 0) + (side === 'this' ? shown : 0)),
      before: ore((was?.before ?? 0) - (side === 'before' ? shown : 0)),
      vouchers: (was?.vouchers ?? 0) + vouchers,
      voucher: null,
    })
  }
  const order = (step: Step): number => STEP_CLASSES.indexOf(step.kind as StepClass)
  const ordered = [...rest.values()].sort(
    (a, b) => order(a) - order(b) || Math.abs(b.amount) - Math.abs(a.amount) || (a.key! < b.key! ? -1 : 1),
  )
  return [...largest, ...ordered]
}

/** The budget's side of the bridge: what each account was budgeted at is taken from what it came to. */
function withBudget(
  steps: readonly Step[],
  table: FigureTable,
  accounts: readonly string[],
  days: Days,
  sign: 1 | -1,
  names: Names,
): Step[] {
  const span = table.spanOf(days)
  const budgeted = accounts
    .map((account) => [account, sign * table.figure(table.accountPlace(account), span, 'movement')] as const)
    .filter(([, amount]) => amount !== 0)
  const found = [...steps]
  for (const [account, amount] of budgeted) {
    const i = found.findIndex((step) => step.kind === 'ordinary' && step.key === account)
    const step: Step = found[i] ?? {
      kind: 'budget',
      key: account,
      ...names(account),
      amount: ore(0),
      actual: ore(0),
      before: ore(0),
      vouchers: 0,
      voucher: null,
    }
    const changed = { ...step, amount: ore(step.amount - amount), before: ore(amount) }
    if (i < 0) found.push(changed)
    else found[i] = changed
  }
  return found
}

const voucherOf = (r: VoucherRow, sign: 1 | -1) => ({
  id: r[0],
  series: r[1],
  fiscalYear: r[2],
  number: r[3],
  voucherDate: r[4],
  text: r[5],
  recordedAt: r[6],
  side: r[7],
  amount: ore(sign * r[8]),
})
