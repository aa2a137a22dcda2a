import { entryText } from '#i18n/entry-text.ts'
import { day, kroner, type Locale } from '#i18n/format.ts'
import { ore } from '#worker/core/money.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { Entry as Booked } from '#worker/ledger/entry.ts'
import type { TriedAnswer } from '#worker/ledger/job.ts'
import type { Plan } from '#worker/ledger/schedule.ts'
import { h } from './element.ts'
import type { Entry } from './entry.ts'
import type { VoucherVerdict } from './judge.ts'
import { PLAN_TEXTS, shownMonths } from './plan-shown.ts'
import { accountName } from './shown.ts'

type Line = { account: string; name: string; known: boolean; more: string; amount: number }

/** Entries shown one by one; a longer voucher is summed by account. */
const MOST = 24

/** The entries that would be booked, debit and credit, with two strokes under the sum when they balance. */
export function showEntries(
  mount: HTMLElement,
  verdict: VoucherVerdict | undefined,
  entry: Pick<Entry, 'court' | 'triedOf'>,
): void {
  const { books, locale } = entry.court
  const entries = verdict?.judgement.entries.filter((entry) => entry.account !== '' || entry.amount !== 0) ?? []
  if (!verdict || entries.length === 0) {
    mount.replaceChildren(h('p', { class: 'hb-quiet' }, entryText(locale, 'nothingYet')))
    return
  }
  const long = entries.length > MOST
  const lines = long
    ? byAccount(entries, books, locale)
    : withVatTogether(entries).map((entry) => lineOf(entry, books, locale))
  const body = h('tbody', {}, ...lines.map((line) => row(line, locale)))
  const head = h(
    'thead',
    {},
    h(
      'tr',
      {},
      h('th', { scope: 'col' }, entryText(locale, 'entryAccount')),
      amountHead(locale, 'debit'),
      amountHead(locale, 'credit'),
    ),
  )
  const table = h(
    'table',
    { class: 'hb-table', 'data-density': 'tight' },
    head,
    body,
    h('tbody', {}, total(verdict, entries, locale)),
  )
  const caption = long ? entryText(locale, 'perAccount', { n: entries.length }) : ''
  const several = verdict.group.several ? entryText(locale, 'voucherInSheet', { voucher: verdict.group.key }) : ''
  const above = [several, caption].filter(Boolean).join(' · ')
  const plans = verdict.judgement.plans.map((plan) => planView(plan, locale))
  mount.replaceChildren(
    ...(above ? [h('p', { class: 'hb-small hb-quiet' }, above)] : []),
    table,
    ...plans,
    ...balancesView(entry.triedOf(verdict)?.balances ?? [], books, locale),
  )
}

/** What balance accounts and parties stand at when this is booked, as the ledger answered. */
function balancesView(balances: TriedAnswer['balancesAfter'], books: Books, locale: Locale): HTMLElement[] {
  if (balances.length === 0 || balances.length > MOST) return []
  const rows = balances.map(({ account, party, amount }) => {
    const name = accountName(party === undefined ? account : `${account}:${party}`, books, locale)
    return h('tr', {}, h('td', {}, `${account} ${name ?? ''}`), h('td', { class: 'hb-num' }, kroner(amount, locale)))
  })
  const caption = h('caption', { class: 'hb-small hb-quiet' }, entryText(locale, 'balancesAfter'))
  return [h('table', { class: 'hb-table', 'data-density': 'tight' }, caption, h('tbody', {}, ...rows))]
}

/** What a script would post in other months. */
function planView(plan: Plan, locale: Locale): HTMLElement {
  const rows = shownMonths(plan).map((m) => {
    if (!m) return h('tr', {}, h('td', { colspan: 2, class: 'hb-faint' }, '…'))
    const waits = m.waits ? h('span', { class: 'hb-faint' }, ` · ${entryText(locale, 'planWaits')}`) : undefined
    return h(
      'tr',
      {},
      h('td', {}, day(m.draft.voucherDate), waits),
      h('td', { class: 'hb-num' }, kroner(m.amount, locale)),
    )
  })
  const caption = h(
    'caption',
    { class: 'hb-small hb-quiet' },
    entryText(locale, PLAN_TEXTS[plan.kind], { n: plan.months.length }),
  )
  return h('table', { class: 'hb-table', 'data-density': 'tight' }, caption, h('tbody', {}, ...rows))
}

const amountHead = (locale: Locale, key: 'debit' | 'credit') =>
  h('th', { scope: 'col', class: 'hb-num' }, entryText(locale, key))

function lineOf(entry: Booked, books: Books, locale: Locale): Line {
  const field = entry.party === null ? entry.account : `${entry.account}:${entry.party}`
  const name = accountName(field, books, locale)
  const code =
    entry.origin === 'line' && entry.vatCode ? `${entryText(locale, 'vatCode').toLowerCase()} ${entry.vatCode}` : ''
  const more = [...Object.values(entry.dimensions ?? {}), code].filter(Boolean).join(' · ')
  return {
    account: entry.account,
    name: name ?? entryText(locale, 'accountMissing').toLowerCase(),
    known: name !== undefined,
    more,
    amount: entry.amount,
  }
}

/** The VAT of all lines on one account as one figure, where the last of them stands. */
function withVatTogether(entries: readonly Booked[]): Booked[] {
  const key = (entry: Booked) => `${entry.account} ${entry.amount < 0}`
  const sums = new Map<string, number>()
  const last = new Map<string, Booked>()
  for (const entry of entries.filter((e) => e.origin === 'vat' && e.vatSide !== 'cost')) {
    sums.set(key(entry), (sums.get(key(entry)) ?? 0) + entry.amount)
    last.set(key(entry), entry)
  }
  const together = new Map([...last].map(([name, entry]) => [entry, ore(sums.get(name)!)] as const))
  return entries.flatMap((entry) => {
    if (entry.origin !== 'vat' || entry.vatSide === 'cost') return [entry]
    const amount = together.get(entry)
    return amount === undefined ? [] : [{ ...entry, amount }]
  })
}

function byAccount(entries: readonly Booked[], books: Books, locale: Locale): Line[] {
  const sums = new Map<string, Line>()
  for (const entry of entries) {
    const key = `${entry.account} ${entry.amount < 0}`
    const line = sums.get(key) ?? {
      ...lineOf({ ...entry, party: null, dimensions: null, vatCode: null }, books, locale),
      amount: 0,
    }
    line.amount += entry.amount
    sums.set(key, line)
  }
  return [...sums.values()].sort((a, b) =>
    a.account < b.account ? -1 : a.account > b.account ? 1 : b.amount - a.amount,
  )
}

function row({ account, name, known, more, amount }: Line, locale: Locale): HTMLElement {
  const figure = kroner(Math.abs(amount), locale)
  return h(
    'tr',
    known ? {} : { class: 'hb-error-text' },
    h('td', {}, `${account} ${name}`, more ? h('span', { class: 'hb-faint' }, ` · ${more}`) : undefined),
    h('td', { class: 'hb-num' }, amount > 0 ? figure : ''),
    h('td', { class: 'hb-num' }, amount < 0 ? figure : ''),
  )
}

function total({ rest, unread, judgement }: VoucherVerdict, entries: readonly Booked[], locale: Locale): HTMLElement {
  const sum = (sign: 1 | -1) =>
    entries.reduce((n, entry) => (Math.sign(entry.amount) === sign ? n + Math.abs(entry.amount) : n), 0)
  const known = judgement.issues.every((issue) => issue.code !== 'account/unknown')
  const proven = rest === 0 && !unread && known && entries.length > 1
  const words = unread
    ? entryText(locale, 'restUnread')
    : rest === 0
      ? entryText(locale, known ? 'total' : 'totalUnknown')
      : entryText(locale, 'totalBroken', {
          missing: Math.abs(rest),
          sideName: entryText(locale, rest > 0 ? 'debitSide' : 'creditSide'),
        })
  return h(
    'tr',
    { class: 'hb-total', ...(!proven && { 'data-broken': true }) },
    h(
      'td',
      {},
      words,
      h(
        'span',
        { class: 'hb-spoken' },
        proven || !unread ? ` ${entryText(locale, proven ? 'proven' : 'notProven', { rest: Math.abs(rest) })}` : '',
      ),
    ),
    h('td', { class: 'hb-num' }, kroner(sum(1), locale)),
    h('td', { class: 'hb-num' }, kroner(sum(-1), locale)),
  )
}
