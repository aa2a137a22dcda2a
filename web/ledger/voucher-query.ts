import type { Locale } from '#i18n/format.ts'
import { isCursor, ORDERS, type VoucherQuery } from '#worker/ledger/list-vouchers.ts'
import { oreOf } from '../companies/amount.ts'
import { dayIn } from '../day-field.tsx'

/** What the list's address asks for. What cannot be read is left out: the page tells of it, and shows no list. */
export function queryOf(
  asked: Readonly<Record<string, string | undefined>>,
  series: readonly string[],
  locale: Locale,
): VoucherQuery {
  const { type, text, cursor, account, party, by } = asked
  const order = ORDERS.find((name) => name === asked.order)
  const [minAmount, maxAmount] = [asked.minAmount, asked.maxAmount].map((typed) => typed && oreOf(typed, locale))
  const fromDate = dayIn(asked.fromDate)
  const toDate = dayIn(asked.toDate)
  return {
    ...(type && { type: type.slice(0, 40) }),
    ...(fromDate && { fromDate }),
    ...(toDate && { toDate }),
    ...(text?.trim() && searched(text.trim(), series)),
    ...(account?.trim() && { account: account.trim().slice(0, 70) }),
    ...(party?.trim() && { party: party.trim().slice(0, 100) }),
    ...(by && { by: by.slice(0, 40) }),
    ...(typeof minAmount === 'number' && { minAmount }),
    ...(typeof maxAmount === 'number' && { maxAmount }),
    ...(order && { order }),
    ...(cursor && isCursor(cursor) && { cursor }),
  }
}

/** The same as the export takes it: all pages of it. */
export const exportQuery = ({ cursor: _, ...query }: VoucherQuery): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))

/**
 * "IF 2026-1043", "IF1043", "2026-1043" and "1043" are voucher numbers, where IF is a series of the company; anything else is
 * a part of the text.
 */
export function numberOrText(
  text: string,
  known: readonly string[],
): Pick<VoucherQuery, 'series' | 'fiscalYear' | 'number' | 'text' | 'search'> {
  const m = /^([a-zæøå]{1,8})?\s*(?:(\d{4})\s*-\s*)?(\d{1,9})$/i.exec(text.replaceAll('\u00a0', ' '))
  const series = m?.[1]?.toUpperCase()
  if (!m || (series !== undefined && !known.includes(series))) return { text: text.slice(0, 100) }
  const [, , year, number] = m
  return {
    ...(series && { series }),
    ...(year && { fiscalYear: Number(year) }),
    number: Number(number),
  }
}

/**
 * The list looks in all that stands in a voucher, not in its text alone. A number alone may be the voucher's, an invoice's, a
 * party's, an account's or a stamp's, or kroner.
 */
function searched(typed: string, known: readonly string[]): VoucherQuery {
  const { text, ...named } = numberOrText(typed, known)
  return text === undefined && (named.series ?? named.fiscalYear) !== undefined
    ? named
    : { search: typed.slice(0, 100) }
}

/** The voucher number that a search may mean when it is a number alone: those vouchers stand first. */
export const numberAlone = ({ search }: VoucherQuery): number | undefined =>
  search !== undefined && /^\d{1,9}$/.test(search) ? Number(search) : undefined
