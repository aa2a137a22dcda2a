import type { PageTexts } from '#i18n/page-texts.ts'
import { mayDo, type Permission } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { menuOf } from '../menu.ts'
import { REPORTS } from '../reports/reports-page.tsx'
import { companyPath } from '../shell.tsx'

/** Something the command line leads to. `also`: other words people call it by; `go`: the letter after G. */
export type Place = { name: string; also?: string | undefined; path: string; go?: string }
/** A company's own path, who may go there, and what it is called. */
type Way = readonly [path: string, may: Permission, name: (t: PageTexts) => string]

/** Pages of a company that stand in no menu and in no list of reports. */
const OTHERS: readonly Way[] = [
  ['open-items/automatic', 'subledger:match', (t) => t.subledger.page.proposals],
  ['currency/revaluation', 'subledger:read', (t) => t.currency.revaluation.title],
  ['members', 'member:read', (t) => t.members.title],
  ['roles', 'member:read', (t) => t.members.roles.title],
  ['auditors', 'member:read', (t) => t.members.auditors.title],
  ['settings/voucher-types', 'register:read', (t) => t.voucherTypes.title],
  ['settings/safety', 'verify:run', (t) => t.safety.title],
  ['settings/copy', 'company:write', (t) => t.copySettings.title],
  ['settings/deletion', 'company:delete', (t) => t.deletion.title],
]
/** Pages of one's own, and of nobody in particular. */
const OWN: readonly (readonly [path: string, name: (t: PageTexts) => string])[] = [
  ['/alerts', (t) => t.alerts.title],
  ['/security', (t) => t.security.title],
  ['/security/apps', (t) => t.oauth.apps],
  ['/audit-orders', (t) => t.members.orders.title],
  ['/help', (t) => t.help.title],
  ['/help/vouchers', (t) => t.help.everyday],
  ['/help/problems', (t) => t.help.problems],
]
/** What one does: the page where it is done opens, and asks there before anything is booked or locked. */
const DOINGS: readonly (readonly [
  path: string,
  may: Permission,
  doing: keyof PageTexts['shell']['palette']['doings'],
])[] = [
  ['vouchers/new', 'ledger:post', 'voucher'],
  ['documents#document-file', 'document:write', 'document'],
  ['parties/new?kind=customer', 'register:write', 'customer'],
  ['parties/new?kind=supplier', 'register:write', 'supplier'],
  ['accounts/new', 'register:write', 'account'],
  ['periods', 'period:lock', 'lock'],
  ['exports', 'report:read', 'saft'],
]

export function doingsOf(t: PageTexts, company: CompanyAccess | undefined): Place[] {
  const { doings } = t.shell.palette
  const own = company ? DOINGS.filter(([, may]) => mayDo(company, may)) : []
  return [
    ...own.map(([path, , key]) => ({
      name: doings[key][0]!,
      also: doings[key][1],
      path: companyPath(company!, `/${path}`),
    })),
    { name: doings.client[0]!, also: doings.client[1], path: '/companies/new' },
  ]
}

/** Every page one may open: those of the menu first, which have a letter, and each page once. */
export function placesOf(t: PageTexts, company: CompanyAccess | undefined): Place[] {
  const menu = company ? menuOf(company).flatMap(({ entries }) => entries) : []
  const places = new Map<string, Place>()
  const add = (place: Place) => places.has(place.path) || places.set(place.path, place)
  for (const { area, path, go } of menu) add({ name: t.shell.areas[area], path: companyPath(company!, `/${path}`), go })
  if (company && mayDo(company, 'report:read'))
    for (const [name, path] of Object.values(REPORTS).flat())
      if (!path.startsWith('open-items') || mayDo(company, 'subledger:read'))
        add({ name: t.reportPages.entries[name]![0]!, path: companyPath(company, `/${path}`) })
  if (company)
    for (const [path, may, name] of OTHERS)
      if (mayDo(company, may)) add({ name: name(t), path: companyPath(company, `/${path}`) })
  for (const [path, name] of OWN) add({ name: name(t), path })
  return [...places.values()]
}

/** Those in whose name or other words every word of the text stands. */
export function placesFor(text: string, places: readonly Place[]): Place[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return places.filter(({ name, also = '' }) => words.every((word) => `${name} ${also}`.toLowerCase().includes(word)))
}
