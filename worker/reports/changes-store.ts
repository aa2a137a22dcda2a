import type { InStatement } from '#worker/database/connect.ts'
import { dimensionCondition } from './figures-store.ts'
import { argsOf, prelude, type Question, statement } from './question-store.ts'

/** A state of the ledger: a version, or what was known at an instant. */
export type Since = { version: number } | { knownAt: string }
export type ChangeMeasure = 'closing' | 'movement'
export type ChangeQuestion = Question & { since: Since; measure: ChangeMeasure }

/** The state before, beside the prelude's `view`, which is the state after. */
const BEFORE = `before as materialized (select case when :sinceAt is null then cast(:sinceVersion as integer)
    else coalesce((select ledger_version from voucher where recorded_at <= :sinceAt order by recorded_at desc, ledger_version desc limit 1), 0)
    end as version)`

const argsOfChange = (q: ChangeQuestion) => ({
  ...argsOf(q),
  sinceVersion: 'version' in q.since ? String(q.since.version) : null,
  sinceAt: 'knownAt' in q.since ? q.since.knownAt : null,
})

/** Entries between the two states that the measure counts, as `e`, with their accounts `k` and vouchers `v`. */
const changed = ({ measure, filter }: ChangeQuestion): string => {
  const counted =
    measure === 'movement'
      ? `e.voucher_date >= (select from_date from range)
           and not (v.type = 'opening-balance' and v.voucher_date = (select from_date from range))`
      : `(k.type not in ('income', 'expense') or e.voucher_date >= coalesce((select first_date from fiscal_year
           where (select from_date from range) between first_date and last_date), (select from_date from range)))`
  const own = filter.accountList
    ? 'and e.account in (select value from json_each(:accountList))'
    : filter.accounts
      ? 'and e.account between :firstAccount and :lastAccount'
      : ''
  return `voucher v cross join entry e on e.ledger_version = v.ledger_version cross join account k on k.number = e.account
     where v.ledger_version > (select version from before) and v.ledger_version <= (select version from view)
       and e.voucher_date <= (select to_date from range) and ${counted} ${own}${dimensionCondition(filter)}`
}

/** The version before and when and by which hash it stood. */
export const stateBefore = (q: ChangeQuestion): InStatement =>
  statement(
    `${prelude(q)}, ${BEFORE} select before.version, hash as chain_head, recorded_at,
       (select recorded_at from voucher where ledger_version = (select version from view)) as after_recorded_at
     from before left join voucher on ledger_version = before.version`,
    argsOfChange(q),
  )

/** What each account changed by, øre. */
export const changedAccounts = (q: ChangeQuestion): InStatement =>
  statement(
    `${prelude(q)}, ${BEFORE} select json_group_array(json_array(account, amount)) as rows from (
       select e.account as account, sum(e.amount) as amount from ${changed(q)} group by e.account)`,
    argsOfChange(q),
  )

/** The vouchers that make the change, in the order they were recorded, from a place on; with what each put on which account. */
export const changedVouchers = (q: ChangeQuestion, after: number, limit: number): InStatement =>
  statement(
    `${prelude(q)}, ${BEFORE} select json_group_array(json(row)) as rows from (
       select json_array(v.id, v.type, v.series, v.fiscal_year, v.number, v.voucher_date, v.text, v.ledger_version, v.recorded_at,
           v.by, v.reversal_of, v.reason, sum(e.amount), json_group_array(json_array(e.account, e.amount))) as row
         from ${changed(q)} and v.ledger_version > cast(:after as integer)
        group by v.ledger_version order by v.ledger_version limit ${limit + 1})`,
    { ...argsOfChange(q), after: String(after) },
  )
