import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { addDays, lastDay, type Month, monthOf, monthsBetween } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { Issue } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { isBalanceAccount, type PartyKind } from '#worker/ledger/account.ts'
import { type Books, fiscalYearOf } from '#worker/ledger/books.ts'
import type { MovementRow } from './movement-row.ts'
import type { OpeningRow } from './opening-row.ts'

/** Months of movements at most. */
export const MOST_MONTHS = 60

/**
 * How a company takes its books over. `opening`: the closing balances of the old system on the cut-over date. `movements`: the
 * opening balance of an earlier year, movements up to the cut-over date, and then the open items. Source: features.md OPB-01, OPB-04.
 */
export const TakeoverPlan = z.strictObject({
  variant: z.enum(['opening', 'movements'], { error: 'field/required' }),
  /** First day of what is brought in. */
  openingDate: IsoDate,
  /** First day kept here; the same day where only balances are taken over. */
  cutOverDate: IsoDate,
  /** Hold customers and suppliers until the cut-over; other charts use 1499 for something else. */
  interimCustomers: z._default(FilledText(70), '1499'),
  interimSuppliers: z._default(FilledText(70), '2399'),
  /** Movements of a fiscal year in one voucher. */
  inTotal: z._default(z.boolean(), false),
  /** What an import found to differ, explained. */
  explanation: z._default(z.nullable(FilledText(1_000)), null),
})
export type TakeoverPlan = z.infer<typeof TakeoverPlan>
type Days = Pick<TakeoverPlan, 'variant' | 'openingDate' | 'cutOverDate'>
export type Interim = { readonly [K in PartyKind]: string }

export const interimOf = (plan: Pick<TakeoverPlan, 'interimCustomers' | 'interimSuppliers'>): Interim => ({
  customer: plan.interimCustomers,
  supplier: plan.interimSuppliers,
})

/** What is wrong with a plan by the books, in field order. */
export function checkPlan(plan: TakeoverPlan, books: Pick<Books, 'accounts'>): Issue[] {
  const issues: Issue[] = []
  const tell = (code: string, field: string, params: Issue['params'] = {}) =>
    issues.push({ code, severity: 'error', pointer: `#/${field}`, params })
  const { variant, openingDate, cutOverDate } = plan
  if (variant === 'opening' && openingDate !== cutOverDate) tell('takeover/one-day', 'cutOverDate')
  if (variant === 'movements') {
    if (!openingDate.endsWith('-01')) tell('takeover/first-of-month', 'openingDate')
    if (openingDate >= cutOverDate) tell('takeover/days-reversed', 'cutOverDate')
    else if (monthsBetween(monthOf(openingDate), monthOf(cutOverDate)).length > MOST_MONTHS)
      tell('takeover/too-long', 'openingDate', { months: MOST_MONTHS })
  }
  const interim = ['interimCustomers', 'interimSuppliers'] as const
  for (const field of interim) {
    const account = books.accounts.get(plan[field])
    if (!account) tell('account/unknown', field, { account: plan[field] })
    else if (account.control || !isBalanceAccount(account.type))
      tell('takeover/not-an-interim-account', field, { account: plan[field] })
  }
  if (plan.interimCustomers === plan.interimSuppliers)
    tell('takeover/not-an-interim-account', 'interimSuppliers', { account: plan.interimSuppliers })
  return issues
}

/** The day open items are brought in on: the last one before the cut-over, so that its balance sheet is the old system's. */
export const itemsDateOf = ({ variant, openingDate, cutOverDate }: Days): IsoDate =>
  variant === 'opening' ? openingDate : addDays(cutOverDate, -1)

export type MovementMonth = { month: Month; voucherDate: IsoDate }

/** The months that have a column of movements, or the last one of each fiscal year, and the day their voucher is dated. */
export function movementMonthsOf(
  { variant, openingDate, cutOverDate, inTotal }: Days & Pick<TakeoverPlan, 'inTotal'>,
  books: Pick<Books, 'fiscalYears'>,
): MovementMonth[] {
  if (variant === 'opening') return []
  const last = addDays(cutOverDate, -1)
  const months = monthsBetween(monthOf(openingDate), monthOf(last)).map(
    (month): MovementMonth => ({ month, voucherDate: lastDay(month) < last ? lastDay(month) : last }),
  )
  if (!inTotal) return months
  const yearOf = ({ voucherDate }: MovementMonth) => fiscalYearOf(voucherDate, books)?.year
  return months.filter((month, i) => i === months.length - 1 || yearOf(month) !== yearOf(months[i + 1]!))
}

/**
 * What an opening balance of a day is to the take-over: all there is; the history that customers and suppliers stand in as sums
 * on interim accounts; or the open items that take their place, with what each control account must come to in øre.
 */
export type OpeningPart =
  | { role: 'whole' }
  | { role: 'history'; interim: Interim }
  | { role: 'items'; interim: Interim; targets: Readonly<Record<string, Ore>> }
export const WHOLE: OpeningPart = { role: 'whole' }

type PlanOfParts = Days & Pick<TakeoverPlan, 'interimCustomers' | 'interimSuppliers'>
/** What an opening balance of that day is to the plan. `targets` gives what each control account must come to. */
export function partOf<Plan extends PlanOfParts>(
  openingDate: string,
  plan: Plan | undefined,
  targets: (plan: Plan) => Readonly<Record<string, Ore>>,
): OpeningPart {
  if (plan?.variant !== 'movements') return WHOLE
  if (openingDate === plan.openingDate) return { role: 'history', interim: interimOf(plan) }
  if (openingDate !== itemsDateOf(plan)) return WHOLE
  return { role: 'items', interim: interimOf(plan), targets: targets(plan) }
}

/** What each control account of the old system came to at the cut-over: its opening and its movements. */
export function controlTargets(
  opening: readonly OpeningRow[],
  movements: readonly MovementRow[],
  books: Pick<Books, 'accounts'>,
): Record<string, Ore> {
  const targets: Record<string, Ore> = {}
  const add = (account: string, amount: number) => {
    if (books.accounts.get(account)?.control) targets[account] = ore((targets[account] ?? 0) + amount)
  }
  for (const { account, amount } of opening) add(account, amount ?? 0)
  for (const { account, amounts } of movements) for (const amount of Object.values(amounts)) add(account, amount)
  return targets
}
