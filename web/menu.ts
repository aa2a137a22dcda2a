import type { PageTexts } from '#i18n/page-texts.ts'
import type { Permission } from '#worker/access/permission.ts'

/** A part of a company's pages: an entry of the menu. */
export type Area = Exclude<keyof PageTexts['shell']['areas'], 'clients' | 'entry'>

/** An entry for each page that works, in order. `go` is the letter after G; `may` is what one needs to see it. */
export const MENU: readonly { area: Area; path: string; go: string; may: Permission }[] = [
  { area: 'vouchers', path: 'vouchers', go: 'B', may: 'ledger:read' },
  { area: 'drafts', path: 'drafts', go: 'D', may: 'ledger:read' },
  { area: 'trialBalance', path: 'trial-balance', go: 'S', may: 'report:read' },
  { area: 'generalLedger', path: 'general-ledger', go: 'H', may: 'report:read' },
  { area: 'vatSpecification', path: 'vat-specification', go: 'M', may: 'report:read' },
  { area: 'accounts', path: 'accounts', go: 'O', may: 'register:read' },
  { area: 'parties', path: 'parties', go: 'P', may: 'register:read' },
  { area: 'openItems', path: 'open-items', go: 'R', may: 'subledger:read' },
  { area: 'periods', path: 'periods', go: 'L', may: 'ledger:read' },
  { area: 'currency', path: 'currency', go: 'V', may: 'register:read' },
  { area: 'settings', path: 'settings', go: 'I', may: 'company:read' },
]
