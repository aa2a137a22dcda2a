import { ore } from '#worker/core/money.ts'
import { type Issue, Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { cursorText, placeOf } from './cursor.ts'
import { accountSums } from './figures-store.ts'
import { entryOfValues, ledgerPlaceOf, PLACE, placeAfter, withRunningBalance } from './general-ledger.ts'
import { type Question, reportHeader } from './question-store.ts'
import { readAccountsOfLine } from './read-layouts.ts'
import { rowsOf, sumsOf } from './read-trial-balance.ts'
import { checkFilters, checkQuestion, headOf } from './report-head.ts'
import { accountRangeOf, pageSize } from './report-query.ts'
import { sealsIn, sealsUnder } from './seals-store.ts'
import { ledgerEntries, partiesOf } from './store.ts'
import { isZero, rowOf, type TrialBalanceRow, totalsOf } from './trial-balance.ts'

type Page = {
  account?: string | undefined
  /** A line of a layout, whose accounts are asked for. */
  line?: string | undefined
  layout?: string | undefined
  cursor?: string | undefined
  limit?: number | undefined
}

/**
 * The entries of one account, of a range, of a report's line, or of all, with opening, running balance and closing in øre; the figures of
 * `accounts` are those of the trial balance and cover all pages. A cursor holds the version, so all pages show one state.
 * @throws Problem 422 request/invalid: an unknown account, party, dimension, version or cursor.
 */
export async function readGeneralLedger(db: Database, asked: Question, page: Page) {
  checkQuestion(asked)
  const accounts = page.account === undefined ? undefined : accountRangeOf(page.account)
  if (page.account !== undefined && !accounts)
    refuse('field/invalid', '#/account', { reason: 'account-range', value: page.account })
  const { fromDate = null, toDate = null, filter } = asked
  if (page.line !== undefined && accounts) refuse('field/invalid', '#/account', {})
  const accountList = page.line === undefined ? undefined : await readAccountsOfLine(db, page.line, page.layout)
  const which = page.line === undefined ? (page.account ?? null) : [page.line, page.layout ?? null]
  const question = JSON.stringify([
    which,
    fromDate,
    toDate,
    filter.party ?? null,
    filter.kind ?? null,
    filter.dimensions,
  ])
  const after = ledgerPlaceOf(placeOf(page.cursor, PLACE))
  if (after && after.question !== question) refuse('field/invalid', '#/cursor', {})
  const limit = pageSize(page.limit)
  const q: Question = {
    ...asked,
    ...(after && { atVersion: after.atVersion }),
    filter: { ...asked.filter, accounts, accountList },
  }
  const { party, kind } = q.filter
  const [header, figures, entries, seals, parties] = await db.batch(
    [
      reportHeader(q),
      accountSums(q),
      ledgerEntries(q, after, limit),
      sealsUnder(q),
      ...(party === undefined ? [] : [partiesOf(party, kind)]),
    ],
    'read',
  )
  const head = headOf(header!, q)
  checkFilters(header!)
  const sums = sumsOf(figures!)
  const single = accounts !== undefined && accounts.from === accounts.to
  if (single && sums.length === 0) refuse('account/unknown', '#/account', { account: page.account! })
  if (parties?.rows.length === 0)
    refuse('party/unknown', '#/party', { party: party!, kind: kind ?? sums[0]?.[4] ?? 'customer' })

  const rows = sums.map(rowOf).filter((row) => single || !isZero(row))
  const found = rowsOf<unknown[]>(entries!).map(entryOfValues)
  const openings = new Map(rows.map((row) => [row.account, row.opening]))
  const running = withRunningBalance(found.slice(0, limit), openings, after)
  const last = running.at(-1)
  return {
    ...head,
    seals: sealsIn(seals!),
    ...(parties && {
      party: parties.rows.map((r) => ({ kind: String(r.kind), number: String(r.number), name: String(r.name) })),
    }),
    ...(Object.keys(q.filter.dimensions).length > 0 && { dimensions: q.filter.dimensions }),
    accounts: rows,
    ...totalsOf(rows),
    checks: found.length > limit || after ? [] : checksOfEntries(rows, running),
    entries: running,
    cursor: last && found.length > limit ? cursorText(placeAfter(last, question, head.atVersion)) : null,
  }
}

export type GeneralLedger = Awaited<ReturnType<typeof readGeneralLedger>>

/** The entries, where one page has them all, against the kept balances of their accounts. */
function checksOfEntries(rows: readonly TrialBalanceRow[], entries: readonly { account: string; amount: number }[]) {
  const moved = new Map<string, number>()
  for (const { account, amount } of entries) moved.set(account, (moved.get(account) ?? 0) + amount)
  const parting = rows.map((row) => row.debit - row.credit - (moved.get(row.account) ?? 0))
  const difference = ore(parting.reduce((sum, amount) => sum + Math.abs(amount), 0))
  const { debit, credit } = totalsOf(rows)
  return [{ key: 'entries-sum-to-movement', holds: difference === 0, amount: ore(debit - credit), difference }]
}

function refuse(code: string, pointer: string, params: NonNullable<Issue['params']>): never {
  throw new Problem(422, 'request/invalid', { issues: [{ code, severity: 'error', pointer, params }] })
}
