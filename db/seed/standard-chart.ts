import { balanceAccounts } from './chart/balance-accounts.ts'
import type { ChartRow } from './chart/chart-row.ts'
import { resultAccounts } from './chart/result-accounts.ts'

/**
 * The chart of accounts a new company starts with: number, Norwegian and English name, default VAT code, and the account's
 * place in the næringsspesifikasjon (GroupingCategory and GroupingCode of SAF-T).
 * Our own list in the number structure of NS 4102; names and VAT defaults are ours, groupings follow Skatteetaten's list for
 * 2025 and 2026. Not the text of NS 4102:2023, which is a sold standard.
 */
export const standardChart: readonly ChartRow[] = [...balanceAccounts, ...resultAccounts]
