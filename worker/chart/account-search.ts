import type { KeptAccount } from './store.ts'

/** Accounts whose number begins with a text, or whose name has it in either language; only those with entries where that is asked. */
export function accountsFound(chart: readonly KeptAccount[], text: string, onlyUsed: boolean): KeptAccount[] {
  const sought = text.trim().toLowerCase()
  return chart.filter(
    ({ account, firstMonth }) =>
      (!onlyUsed || firstMonth !== null) &&
      (account.number.startsWith(sought) || `${account.nameNb} ${account.nameEn}`.toLowerCase().includes(sought)),
  )
}
