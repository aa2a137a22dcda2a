import type { BudgetKey } from '#i18n/budget-text.ts'
import { type AccountType, accountTypeOf, isBalanceAccount } from '#worker/ledger/account.ts'

/** Where a line stands among the lines of the result. */
export const GROUPS = ['income', 'goods', 'payroll', 'other', 'finance', 'balance'] as const
export type Group = (typeof GROUPS)[number]

export const GROUP_TEXT: Record<Group, BudgetKey> = {
  income: 'sumIncome',
  goods: 'sumGoods',
  payroll: 'sumPayroll',
  other: 'sumOther',
  finance: 'sumFinance',
  balance: 'sumBalance',
}

/** The results that stand under a group, of it and all groups before it. */
export const RESULT_AFTER: Partial<Record<Group, BudgetKey>> = { other: 'sumOperating', finance: 'sumResult' }
export const OF_RESULT: readonly Group[] = ['income', 'goods', 'payroll', 'other', 'finance']

/** By the first digit of the number in the structure of NS 4102; an account outside it goes by its type. */
export function groupOf(account: string, type: AccountType | undefined): Group {
  const nature = type ?? accountTypeOf(account, null)
  if (isBalanceAccount(nature)) return 'balance'
  const digit = account.charAt(0)
  if (digit === '8') return 'finance'
  if (nature === 'income') return 'income'
  return digit === '4' ? 'goods' : digit === '5' ? 'payroll' : 'other'
}
