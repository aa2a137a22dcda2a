import type { PageTexts } from '#i18n/page-texts.ts'
import type { AccountType } from '#worker/ledger/account.ts'

export type AccountGroup = keyof PageTexts['reports']['trialBalance']['groups']

/** The groups in the order they are read, balance sheet first. */
export const GROUPS: readonly AccountGroup[] = [
  'assets',
  'equityAndLiabilities',
  'income',
  'goods',
  'payroll',
  'otherCost',
  'finance',
]

const BY_CLASS: Readonly<Record<string, AccountGroup>> = { 4: 'goods', 5: 'payroll', 6: 'otherCost', 7: 'otherCost' }

/**
 * Where an account stands in the trial balance: by its nature, and within income and cost by its class, the first digit of
 * its number. Source: NS 4102's structure.
 */
export function groupOf({ account, type }: { account: string; type: AccountType }): AccountGroup {
  if (type === 'asset') return 'assets'
  if (type === 'equity' || type === 'liability') return 'equityAndLiabilities'
  const first = account.charAt(0)
  if (first === '8') return 'finance'
  return type === 'income' ? 'income' : (BY_CLASS[first] ?? 'otherCost')
}
