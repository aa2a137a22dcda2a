import { addMonths, firstDay, type IsoDate, monthOf } from '#worker/core/dates.ts'
import { error, type Issue, type Params } from '#worker/core/problem.ts'
import { type Books, firstOpenDay, type LockLevel, lockLevelOn } from './books.ts'
import type { Entry } from './entry.ts'
import type { Rights } from './voucher.ts'
import type { Voucher } from './voucher-draft.ts'

/** Whether the day is open to who posts; where it is not, the first day that is. */
export function checkLock(
  voucher: Pick<Voucher, 'voucherDate' | 'reason'>,
  books: Books,
  rights: Rights,
  at: string,
): Issue[] {
  const level = lockLevelOn(voucher.voucherDate, books)
  if (level === 'open' || (level === 'soft' && rights.softLock && voucher.reason)) return []
  const free = firstOpenDay(voucher.voucherDate, books)
  const period = monthOf(voucher.voucherDate)
  const lockedAt = books.lockedAt?.get(period)
  const params: Params = { period, level, ...(lockedAt && { lockedAt }), ...(free && { firstOpenDay: free }) }
  const pointer = `${at}/voucherDate`
  if (level === 'soft' && rights.softLock)
    return [error('period/locked', pointer, { ...params, reason: 'reason-needed' })]
  return [error('period/locked', pointer, params, free && { pointer, value: free })]
}

/** A lock of part of the books over some months: entries with VAT, a voucher type, or a group of accounts (features.md COR-02). */
export type ScopeLock = { scope: string; fromMonth: string; toMonth: string; level: LockLevel }

/** What a scope's text says; undefined when it is none. The end of an account group takes longer numbers with it, 3999 also 39991. */
export function scopeOf(
  scope: string,
): { kind: 'vat' } | { kind: 'type'; type: string } | { kind: 'accounts'; from: string; to: string } | undefined {
  if (scope === 'vat') return { kind: 'vat' }
  const [kind, first, last, more] = scope.split(':')
  if (kind === 'type' && first && last === undefined) return { kind, type: first }
  if (kind !== 'accounts' || !first || !last || more !== undefined) return undefined
  return first.slice(0, last.length) <= last ? { kind, from: first, to: last } : undefined
}

/** How a scope stands in a month: as the newest lock that covers it says. `locks` are newest first. */
export const scopeLevelIn = (month: string, scope: string, locks: readonly ScopeLock[]): LockLevel =>
  locks.find((l) => l.scope === scope && l.fromMonth <= month && month <= l.toMonth)?.level ?? 'open'

/**
 * The first day of the month that takes a voucher's VAT when its document is of a month that is filed, that is hard locked for VAT:
 * the first after it that is not. Undefined when the VAT is of the document's own term (features.md 4.6, VAT rule 7). The trigger
 * `voucher_stays_out_of_filed_terms` keeps the same rule.
 */
export function movedTermDay(
  documentDate: IsoDate,
  entries: readonly Judged[],
  { scopeLocks = [] }: Pick<Books, 'scopeLocks'>,
): IsoDate | undefined {
  const isFiled = (month: string) => scopeLevelIn(month, 'vat', scopeLocks) === 'hard'
  let month = monthOf(documentDate)
  if (!isFiled(month) || !hasVat(entries)) return undefined
  while (isFiled(month)) month = addMonths(month, 1)
  return firstDay(month)
}

/** A warning where the VAT falls in a later term than the document's; a voucher that is itself of a filed month is refused for that. */
export function tellMovedTerm(
  voucher: { voucherDate: IsoDate; documentDate: IsoDate },
  entries: readonly Judged[],
  books: Pick<Books, 'scopeLocks'>,
  at: string,
): Issue[] {
  const day = movedTermDay(voucher.documentDate, entries, books)
  if (!day || scopeLevelIn(monthOf(voucher.voucherDate), 'vat', books.scopeLocks ?? []) === 'hard') return []
  const params: Params = { period: monthOf(voucher.documentDate), moved: monthOf(day) }
  return [{ code: 'vat-term/moved', severity: 'warning', pointer: `${at}/documentDate`, params }]
}

type Dated = { voucherDate: Parameters<typeof monthOf>[0]; type: string; reason?: string | null | undefined }
type Judged = Pick<Entry, 'account'> & { vatRate?: Entry['vatRate'] | undefined }

const hasVat = (entries: readonly Judged[]): boolean => entries.some((e) => (e.vatRate ?? null) !== null)

const covers = (scope: string, type: string, entries: readonly Judged[]): boolean => {
  const part = scopeOf(scope)
  if (part?.kind === 'type') return part.type === type
  if (part?.kind === 'vat') return hasVat(entries)
  return entries.some(
    ({ account }) => part !== undefined && account >= part.from && account.slice(0, part.to.length) <= part.to,
  )
}

/**
 * Whether a voucher would come into a part of the books that is locked in its month. The trigger
 * `voucher_stays_out_of_locked_scopes` keeps the same rule under the same code.
 */
export function checkScopeLocks(
  voucher: Dated,
  entries: readonly Judged[],
  books: Pick<Books, 'scopeLocks' | 'voucherTypes'>,
  rights: Rights,
  at: string,
): Issue[] {
  const locks = books.scopeLocks ?? []
  if (locks.length === 0) return []
  const month = monthOf(voucher.voucherDate)
  const type = books.voucherTypes.get(voucher.type)?.key ?? voucher.type
  return [...new Set(locks.map((l) => l.scope))].flatMap((scope): Issue[] => {
    const level = scopeLevelIn(month, scope, locks)
    if (level === 'open' || !covers(scope, type, entries)) return []
    if (level === 'soft' && rights.softLock && voucher.reason) return []
    const part = scopeOf(scope)!
    const params: Params = { period: month, level, scope, ...part }
    const needsReason = level === 'soft' && rights.softLock
    const reason = needsReason ? 'reason-needed' : `scope-${part.kind}`
    return [error('period/locked', `${at}/voucherDate`, { ...params, reason })]
  })
}
