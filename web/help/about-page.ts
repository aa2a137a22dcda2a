import type { PageTexts } from '#i18n/page-texts.ts'
import type { ShellProps } from '../shell.tsx'

type Own = keyof PageTexts['help']['own']

/** Pages that are more than the entry of the menu they belong to, by their path, a company's without what leads to it. */
const OWN: readonly (readonly [RegExp, Own])[] = [
  [/^vouchers\/new$/, 'entry'],
  [/^vouchers\/[^/]+$/, 'voucher'],
  [/^documents\/[^/]+$/, 'document'],
  [/^budgets\/[^/]+/, 'budget'],
  [/^parties\/[^/]+/, 'party'],
  [/^accounts\/[^/]+/, 'account'],
  [/^open-items\/(automatic|left)$/, 'proposals'],
  [/^years\//, 'year'],
  [/^currency\/revaluation$/, 'revaluation'],
  [/^(members|roles)/, 'members'],
  [/^auditors/, 'auditors'],
  [/^settings\/voucher-types/, 'voucherTypes'],
  [/^settings\/safety/, 'safety'],
  [/^settings\/deletion/, 'deletion'],
  [/^\/security/, 'security'],
  [/^\/alerts$/, 'alerts'],
  [/^\/offices/, 'office'],
  [/^\/audit-orders/, 'orders'],
  [/^\/companies\/new/, 'newClient'],
]

/** Reports that stand in no menu are told of as in the list of reports. */
const REPORTS: readonly (readonly [path: string, name: string])[] = [
  ['open-items/ageing', 'ageing'],
  ['reports/key-figures', 'keyFigures'],
  ['reports/liquidity', 'liquidity'],
  ['reports/voucher-journal', 'journal'],
  ['reports/number-series', 'series'],
  ['reports/changes', 'changes'],
  ['reports/explanation', 'explanation'],
  ['reports/layouts', 'layouts'],
]

/** What the page one is on is for: in its own words, else in those of the menu; nothing is better than another page's. */
export function aboutPage(
  t: PageTexts,
  { area, here, company }: Pick<ShellProps, 'area' | 'here' | 'company'>,
): string | undefined {
  const whole = here.replace(/\?.*$/, '')
  const path = company ? whole.replace(/^\/companies\/[^/]+\//, '') : whole
  const own = OWN.find(([pattern]) => pattern.test(path))
  if (own) return t.help.own[own[1]]
  const report = REPORTS.find(([of]) => of === path)
  if (report) return `${t.reportPages.entries[report[1]]![1]}.`
  const menu = area ?? (path === '/' ? 'clients' : undefined)
  return menu && t.help.areas[menu]
}
