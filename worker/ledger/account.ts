import type { IsoDate } from '#worker/core/dates.ts'
import type { VatCode } from '#worker/vat/vat.ts'

export type AccountType = 'asset' | 'equity' | 'liability' | 'income' | 'expense'
export type PartyKind = 'customer' | 'supplier'

/** Takes what an opening balance from elsewhere lacks to sum to zero (decisions.md 2). */
export const OBSERVATION_ACCOUNT = '1999'

/** An account of the chart. Numbers are text: an imported chart may have any. */
export type Account = {
  number: string
  nameNb: string
  nameEn: string
  type: AccountType
  /** A control account: every entry on it belongs to a party of this kind. */
  control: PartyKind | null
  defaultVatCode: string | null
  vatCodeRequired: boolean
  /** Null: every code of the account's direction. */
  allowedVatCodes: readonly string[] | null
  groupingCategory: string | null
  groupingCode: string | null
  closedFrom: string | null
  /** Its number in the system before, where it has one. */
  externalNumber?: string | null
}

/** Balance accounts carry their balance into the next year; income and cost open at 0. */
export const isBalanceAccount = (type: AccountType): boolean => type !== 'income' && type !== 'expense'

const INCOME = new Set(['salgsinntekt', 'annenDriftsinntekt', 'finansinntekt'])

/** An account's nature from its SAF-T grouping category, else from the first digit of its number (NS 4102 structure). */
export function accountTypeOf(number: string, groupingCategory: string | null): AccountType {
  if (groupingCategory?.startsWith('balanseverdi')) return 'asset'
  if (groupingCategory === 'egenkapital') return 'equity'
  if (groupingCategory?.endsWith('Gjeld')) return 'liability'
  if (groupingCategory && INCOME.has(groupingCategory)) return 'income'
  if (groupingCategory) return 'expense'
  if (number.startsWith('1')) return 'asset'
  if (number.startsWith('2')) return number.startsWith('20') ? 'equity' : 'liability'
  return number.startsWith('3') || number.startsWith('80') ? 'income' : 'expense'
}

/**
 * Whether a VAT code may stand on an account: the account's own list, else every code of its direction; purchase, import
 * and reverse-charge codes on assets and costs, sales codes on income, and codes without VAT treatment anywhere.
 */
export function allowsVatCode(account: Account, code: VatCode): boolean {
  if (account.allowedVatCodes) return account.allowedVatCodes.includes(code.code)
  if (code.direction === 'none') return true
  if (account.type === 'income') return code.direction === 'output'
  return (account.type === 'asset' || account.type === 'expense') && code.direction !== 'output'
}

export const isClosedOn = (closedFrom: string | null, day: IsoDate): boolean => closedFrom !== null && closedFrom <= day
