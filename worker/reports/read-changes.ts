import { type Instant, instantOf } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { Database } from '#worker/database/connect.ts'
import {
  type ChangeMeasure,
  type ChangeQuestion,
  changedAccounts,
  changedVouchers,
  stateBefore,
} from './changes-store.ts'
import { cursorText, placeOf } from './cursor.ts'
import { accountSums } from './figures-store.ts'
import { type Question, reportHeader } from './question-store.ts'
import { readAccountsOfLine } from './read-layouts.ts'
import { refuse } from './read-statement-frame.ts'
import { rowsOf, sumsOf } from './read-trial-balance.ts'
import { checkFilters, checkQuestion, headOf } from './report-head.ts'
import { accountRangeOf, pageSize } from './report-query.ts'
import { rowOf } from './trial-balance.ts'

export type ChangesAsked = {
  /** A ledger version, an instant, or a day that means its end in Norway. */
  since: string
  measure?: ChangeMeasure | undefined
  account?: string | undefined
  line?: string | undefined
  layout?: string | undefined
  cursor?: string | undefined
  limit?: number | undefined
}
type VoucherRow = [
  id: string,
  type: string,
  series: string,
  fiscalYear: number,
  number: number,
  voucherDate: string,
  text: string,
  ledgerVersion: number,
  recordedAt: string,
  by: string,
  reversalOf: string | null,
  reason: string | null,
  amount: number,
  entries: [account: string, amount: number][],
]

/**
 * What has changed in some figures since they were known: each account before and after, and the vouchers between the two
 * states that make the difference, to the øre. The figures come from the kept balances, the vouchers from the entries, so that
 * the check is a check. Amounts in øre, debit positive.
 * @throws Problem 422 request/invalid: an unknown version, account, line or dimension, days in the wrong order or outside the
 * years, or a state before that is after the other.
 */
export async function readChanges(db: Database, asked: Question, wanted: ChangesAsked) {
  checkQuestion(asked)
  const accounts = wanted.account === undefined ? undefined : accountRangeOf(wanted.account)
  if (wanted.account !== undefined && !accounts)
    refuse('field/invalid', '#/account', { reason: 'account-range', value: wanted.account })
  const accountList = wanted.line === undefined ? undefined : await readAccountsOfLine(db, wanted.line, wanted.layout)
  const q: ChangeQuestion = {
    ...asked,
    filter: { ...asked.filter, accounts: accountList ? undefined : accounts, accountList },
    since: sinceOf(wanted.since),
    measure: wanted.measure ?? 'closing',
  }
  const [after = 0] = (placeOf(wanted.cursor, ['number']) ?? []) as number[]
  const limit = pageSize(wanted.limit)
  const [header, before, later, byAccount, found] = await db.batch(
    [reportHeader(q), stateBefore(q), accountSums(q), changedAccounts(q), changedVouchers(q, after, limit)],
    'read',
  )
  const head = headOf(header!, q)
  checkFilters(header!)
  const state = before!.rows[0]!
  const sinceVersion = Number(state.version)
  if (sinceVersion > head.ledgerVersion)
    refuse('ledger-version/unknown', '#/since', { atVersion: sinceVersion, ledgerVersion: head.ledgerVersion })
  if (sinceVersion > head.atVersion)
    refuse('report/versions-reversed', '#/since', { since: sinceVersion, atVersion: head.atVersion })
  const { fromDate, toDate } = head
  const old = await db.execute(accountSums({ ...q, fromDate, toDate, asKnownAt: undefined, atVersion: sinceVersion }))
  const figure = (row: ReturnType<typeof rowOf>): number =>
    q.measure === 'closing' ? row.closing : row.debit - row.credit
  const beforeRows = new Map(sumsOf(old).map((sums) => [sums[0], rowOf(sums)]))
  const changes = new Map(rowsOf<[string, number]>(byAccount!))
  const rows = sumsOf(later!)
    .map((sums) => {
      const row = rowOf(sums)
      const was = beforeRows.get(row.account)
      const [from, to] = [was ? figure(was) : 0, figure(row)]
      return {
        account: row.account,
        nameNb: row.nameNb,
        nameEn: row.nameEn,
        before: ore(from),
        after: ore(to),
        change: ore(to - from),
        vouchers: ore(changes.get(row.account) ?? 0),
      }
    })
    .filter(({ change, vouchers }) => change !== 0 || vouchers !== 0)
  const worst = rows.reduce((most, { change, vouchers }) => Math.max(most, Math.abs(change - vouchers)), 0)
  const vouchers = rowsOf<VoucherRow>(found!).map(voucherOf)
  const shown = vouchers.slice(0, limit)
  const total = (name: 'before' | 'after' | 'change'): Ore => ore(rows.reduce((sum, row) => sum + row[name], 0))
  return {
    report: 'changes',
    ...head,
    measure: q.measure,
    since: {
      atVersion: sinceVersion,
      chainHead: state.chain_head === null ? null : String(state.chain_head),
      recordedAt: state.recorded_at === null ? null : String(state.recorded_at),
    },
    accounts: rows.map(({ vouchers: _, ...row }) => row),
    totals: { before: total('before'), after: total('after'), change: total('change') },
    vouchers: shown,
    checks: [
      {
        key: 'vouchers-sum-to-change',
        holds: worst === 0,
        amount: ore(rows.reduce((sum, { vouchers: own }) => sum + own, 0)),
        difference: ore(worst),
      },
    ],
    cursor: vouchers.length > limit ? cursorText([shown.at(-1)!.ledgerVersion]) : null,
  }
}

export type Changes = Awaited<ReturnType<typeof readChanges>>

function sinceOf(text: string): ChangeQuestion['since'] {
  if (/^\d{1,15}$/.test(text)) return { version: Number(text) }
  const knownAt: Instant | undefined = instantOf(text)
  return knownAt ? { knownAt } : refuse('date/invalid', '#/since')
}

const voucherOf = (r: VoucherRow) => ({
  id: r[0],
  type: r[1],
  series: r[2],
  fiscalYear: r[3],
  number: r[4],
  voucherDate: r[5],
  text: r[6],
  ledgerVersion: r[7],
  recordedAt: r[8],
  by: r[9],
  reversalOf: r[10],
  reason: r[11],
  amount: ore(r[12]),
  entries: r[13].map(([account, amount]) => ({ account, amount })),
})
