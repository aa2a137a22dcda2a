import type { PageTexts } from '#i18n/page-texts.ts'
import { mayDo, type Permission } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'

/** A part of a company's pages: an entry of the menu. */
export type Area = Exclude<keyof PageTexts['shell']['areas'], 'clients' | 'entry'>
/** What stands in the bar; the entries of the group one is in stand in a row under it. */
export type MenuGroup = keyof PageTexts['shell']['groups']
type Entry = { group: MenuGroup; area: Area; path: string; go: string; may: Permission }

/** An entry for each page that works, groups together and in order. `go` is the letter after G; `may` is what one needs to see it. */
export const MENU: readonly Entry[] = [
  { group: 'overview', area: 'dashboard', path: 'overview', go: 'G', may: 'report:read' },
  { group: 'vouchers', area: 'vouchers', path: 'vouchers', go: 'B', may: 'ledger:read' },
  { group: 'vouchers', area: 'drafts', path: 'drafts', go: 'D', may: 'ledger:read' },
  { group: 'vouchers', area: 'documents', path: 'documents', go: 'F', may: 'document:read' },
  { group: 'vouchers', area: 'templates', path: 'templates', go: 'N', may: 'register:read' },
  { group: 'vouchers', area: 'recurring', path: 'recurring', go: 'Q', may: 'ledger:read' },
  { group: 'reports', area: 'reports', path: 'reports', go: 'T', may: 'report:read' },
  { group: 'reports', area: 'incomeStatement', path: 'reports/income-statement', go: 'E', may: 'report:read' },
  { group: 'reports', area: 'balanceSheet', path: 'reports/balance-sheet', go: 'A', may: 'report:read' },
  { group: 'reports', area: 'trialBalance', path: 'trial-balance', go: 'S', may: 'report:read' },
  { group: 'reports', area: 'generalLedger', path: 'general-ledger', go: 'H', may: 'report:read' },
  { group: 'reports', area: 'budgets', path: 'budgets', go: 'U', may: 'budgets:read' },
  { group: 'reports', area: 'exports', path: 'exports', go: 'X', may: 'report:read' },
  { group: 'vat', area: 'vatSpecification', path: 'vat-specification', go: 'M', may: 'report:read' },
  { group: 'subledger', area: 'openItems', path: 'open-items', go: 'R', may: 'subledger:read' },
  { group: 'subledger', area: 'parties', path: 'parties', go: 'P', may: 'register:read' },
  { group: 'registers', area: 'accounts', path: 'accounts', go: 'O', may: 'register:read' },
  { group: 'registers', area: 'dimensions', path: 'dimensions', go: 'J', may: 'register:read' },
  { group: 'registers', area: 'currency', path: 'currency', go: 'V', may: 'register:read' },
  { group: 'registers', area: 'assets', path: 'assets', go: 'C', may: 'ledger:read' },
  { group: 'registers', area: 'imports', path: 'imports', go: 'Z', may: 'ledger:read' },
  { group: 'periods', area: 'periods', path: 'periods', go: 'L', may: 'ledger:read' },
  { group: 'periods', area: 'openingBalance', path: 'opening-balances', go: 'W', may: 'ledger:read' },
  { group: 'periods', area: 'takeover', path: 'takeover', go: '1', may: 'ledger:read' },
  { group: 'periods', area: 'oldLedger', path: 'old-ledgers', go: '4', may: 'ledger:read' },
  { group: 'settings', area: 'settings', path: 'settings', go: 'I', may: 'company:read' },
  { group: 'settings', area: 'keys', path: 'settings/keys', go: '2', may: 'key:write' },
  { group: 'settings', area: 'webhooks', path: 'settings/webhooks', go: '3', may: 'webhook:write' },
  { group: 'settings', area: 'auditLog', path: 'audit-log', go: 'Y', may: 'audit-log:read' },
]

/** The menu as somebody in a company may see it, by group. */
export function menuOf(company: Pick<CompanyAccess, 'permissions'>): { group: MenuGroup; entries: Entry[] }[] {
  const groups = new Map<MenuGroup, Entry[]>()
  for (const entry of MENU)
    if (mayDo(company, entry.may)) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry])
  return [...groups].map(([group, entries]) => ({ group, entries }))
}
