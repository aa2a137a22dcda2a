import { type Ore, ore } from '#worker/core/money.ts'
import { type AccountType, accountTypeOf } from '#worker/ledger/account.ts'

/**
 * How amounts are written where people see them. `natural`: income and costs are both positive, as one says them.
 * `debit`: as in the ledger, income negative. `result`: as in a result, costs negative. Kept is always debit positive.
 */
export const SIGNS = ['natural', 'debit', 'result'] as const
export type Sign = (typeof SIGNS)[number]

/** +1 where debit is what one expects of an account, −1 where credit is. An account that is not in the chart is told by its number. */
export const directionOf = (account: string, type: AccountType | undefined): 1 | -1 => {
  const nature = type ?? accountTypeOf(account, null)
  return nature === 'asset' || nature === 'expense' ? 1 : -1
}

/** From an amount as kept to one as written, and the same way back. */
export function signed<A extends number | null>(amount: A, sign: Sign, direction: 1 | -1): A {
  if (amount === null) return amount
  const turned = sign === 'debit' || (sign === 'natural' && direction === 1) ? amount : -amount
  return ore(turned) as number as A
}

export type Recognised = { sign: Sign; proof: 'income-and-cost' | 'income' | 'cost' | 'none' }

/**
 * The sign that amounts were written with, from the sums of income and of cost. Both positive is natural, income negative is
 * debit, cost negative is a result. Of income or cost alone the other half is taken as natural; with neither, natural.
 */
export function recogniseSign(rows: readonly { direction: 1 | -1; amount: number }[]): Recognised {
  const sumOf = (direction: 1 | -1) =>
    rows.filter((r) => r.direction === direction).reduce((sum, r) => sum + r.amount, 0)
  const [income, cost] = [sumOf(-1), sumOf(1)]
  const proof = income !== 0 && cost !== 0 ? 'income-and-cost' : income !== 0 ? 'income' : cost !== 0 ? 'cost' : 'none'
  if (income < 0) return { sign: 'debit', proof }
  return { sign: cost < 0 ? 'result' : 'natural', proof }
}

/** Income less cost of amounts as kept: a profit is positive, as people say it. */
export const resultOf = (amounts: readonly (Ore | number | null)[]): Ore =>
  ore(-amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0))
