import * as z from 'zod/mini'
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Issue, Params } from '#worker/core/problem.ts'
import type { PartyKind } from './account.ts'
import type { Books } from './books.ts'
import type { Entry } from './entry.ts'
import { afterMatch, currencyShareOf, type OpenItem } from './open-item.ts'
import type { Voucher } from './voucher-draft.ts'

/** Why items were matched: by a person, by a voucher's own lines, by its reversal, or by a rule of automatic matching. */
export const MATCH_RULES = [
  'manual',
  'voucher',
  'reversal',
  'payment-reference',
  'invoice-number',
  'amount',
  'total',
  'oldest-first',
] as const
export type MatchRule = (typeof MATCH_RULES)[number]

/** One item's part of a match, in øre and minor units, both with the item's sign. */
export type MatchLine = { openItem: string; amount: number; currencyAmount: number | null }

/** A match as stored. It counts from `matchDate`; undone, it has counted until `undoneDate`, or never when the two are one. */
export type ItemMatch = {
  id: string
  kind: PartyKind
  party: string
  account: string
  matchDate: IsoDate
  rule: MatchRule
  /** What the rule went by, or what a person wrote. */
  reason: string | null
  recordedAt: Instant
  by: string
  ledgerVersion: number
  undone: { date: IsoDate; at: Instant; by: string; reason: string | null } | null
  lines: MatchLine[]
}

/** Schema of a match's id; the client makes it, and it is the idempotency key. */
export const MatchId = z
  .string({ error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') })
  .check(z.regex(/^mch_[0-9a-z]{26}$/, 'field/invalid'))

type Line = Voucher['lines'][number]
/** What a posted line settles: its place among the entries, its own part, and the items it names. */
export type LineMatch = { line: number; own: number; items: { openItem: string; amount: number }[] }

/** The items a line names and where, in øre of each item's sign; what cannot be read counts as nothing. */
function namedOn(line: Line): { openItem: string; amount: number; place: number }[] {
  const named = (line.matches ?? []) as readonly unknown[]
  return named.flatMap((m, place) => {
    const { openItem, amount } = (m ?? {}) as { openItem?: unknown; amount?: unknown }
    return typeof openItem === 'string' && typeof amount === 'number' ? [{ openItem, amount, place }] : []
  })
}

/** What the lines of a checked voucher settle when it is posted. */
export const lineMatchesOf = (voucher: Voucher, entries: readonly Entry[]): LineMatch[] =>
  voucher.lines.flatMap((line) => {
    const items = namedOn(line)
    if (items.length === 0) return []
    const own = -items.reduce((sum, m) => sum + m.amount, 0)
    const place = entries.findIndex((e) => e.rowKey === line.rowKey && e.origin === 'line')
    return [{ line: place + 1, own: own === 0 ? 0 : own, items }]
  })

const issue = (code: string, pointer: string, params: Params): Issue => ({ code, severity: 'error', pointer, params })

/**
 * Whether a voucher's lines may settle the items they name: items of the line's own party and account, no more than is left
 * of each, and together no more than the line itself. Where the items are not at hand (in the grid) only the last is judged.
 * The trigger `match_is_whole` keeps the same under the same codes. Source: features.md 4.6.
 */
export function checkLineMatches(voucher: Voucher, entries: readonly Entry[], books: Books, at: string): Issue[] {
  if (!voucher.lines.some((line) => line.matches)) return []
  const items = books.openItems && new Map(books.openItems)
  const byRow = new Map(entries.flatMap((e) => (e.origin === 'line' ? [[e.rowKey, e] as const] : [])))
  return voucher.lines.flatMap((line, i) => {
    const entry = byRow.get(line.rowKey)
    let own = 0
    return namedOn(line).flatMap(({ openItem, amount, place }) => {
      const pointer = `${at}/lines/${i}/matches/${place}`
      own -= amount
      const item = items?.get(openItem)
      const issues = items ? checkPart(item, amount, pointer, entry) : []
      if (entry && own !== 0 && (own > 0 !== entry.amount > 0 || Math.abs(own) > Math.abs(entry.amount)))
        if (place === line.matches!.length - 1)
          issues.push(issue('match/over', pointer, { reason: 'line', amount: Math.abs(entry.amount) }))
      if (items && item && issues.length === 0)
        items.set(openItem, afterMatch(item, amount, currencyShareOf(item, amount)))
      return issues
    })
  })
}

type Owner = Pick<Entry, 'account' | 'partyKind' | 'party'>

/** Whether so much of an item may be settled by something of that party and account. */
export function checkPart(
  item: OpenItem | undefined,
  amount: number,
  pointer: string,
  owner: Owner | undefined,
): Issue[] {
  if (!item) return [issue('open-item/unknown', pointer, {})]
  const { kind, party, account, rest } = item
  if (owner && (owner.account !== account || owner.partyKind !== kind || owner.party !== party))
    return [issue('match/wrong-party', pointer, { kind, party, account })]
  if (rest === 0) return [issue('match/over', pointer, { reason: 'settled' })]
  if (amount === 0) return [issue('field/invalid', pointer, {})]
  if (amount > 0 !== rest > 0) return [issue('field/invalid', pointer, { reason: 'other-sign' })]
  if (Math.abs(amount) > Math.abs(rest)) return [issue('match/over', pointer, { rest: Math.abs(rest) })]
  return []
}

/** The items as they stand when these parts of them are settled. */
export function withSettled(items: ReadonlyMap<string, OpenItem>, lines: readonly MatchLine[]): Map<string, OpenItem> {
  const after = new Map(items)
  for (const { openItem, amount, currencyAmount } of lines) {
    const item = after.get(openItem)
    if (item) after.set(openItem, afterMatch(item, amount, currencyAmount))
  }
  return after
}

/** The day a match counts from: the newest among its items. */
export const matchDateOf = (days: readonly IsoDate[]): IsoDate => days.reduce((a, b) => (a > b ? a : b))
