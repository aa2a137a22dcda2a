import type { InStatement } from '#worker/database/connect.ts'
import { dimensionCondition } from './figures-store.ts'
import type { Days } from './period-range.ts'
import { argsOf, prelude, type Question, statement, upToVersionOf } from './question-store.ts'

/** Why an entry is part of a difference, the first that fits; `ordinary` is told by account or by a dimension's value. */
export const STEP_CLASSES = ['correction', 'late', 'currency', 'ordinary'] as const
export type StepClass = (typeof STEP_CLASSES)[number]

export type BridgeQuestion = Question & {
  accountList: readonly string[]
  days: Days
  /** The days of the figure one comes from; none where that is a budget. */
  before: Days | undefined
  /** Vouchers that are steps of their own. */
  largest: number
  /** By account, or by the values of a dimension. */
  by: string | undefined
}

const args = (q: BridgeQuestion, more: Record<string, string | null> = {}) => ({
  ...argsOf(q),
  list: JSON.stringify(q.accountList),
  first: q.days.fromDate,
  last: q.days.toDate,
  beforeFirst: q.before?.fromDate ?? '9999-99-99',
  beforeLast: q.before?.toDate ?? '0000-00-00',
  byPath: q.by === undefined ? null : `$.${JSON.stringify(q.by)}`,
  ...more,
})

/**
 * Among how many of the heaviest vouchers the steps of their own are found. One that has a likeness among them in the other
 * figure, of its type and within a fifth of its amount, is no news: a month's wages come every month.
 */
const HEAVY = 400

/** Entries of the figure, and with the opposite sign those of the figure one comes from. */
const own = (q: BridgeQuestion): string => {
  const half = (side: 'this' | 'before', sign: '' | '-', first: string, last: string): string => `
    select '${side}' as side, e.ledger_version, ${sign}e.amount as amount, e.account, e.currency, e.dimensions, e.voucher_date
      from json_each(:list) k cross join entry e indexed by entry_account on e.account = k.value
       and e.voucher_date >= ${first} and e.voucher_date <= ${last}
     where true${dimensionCondition(q.filter)}${upToVersionOf(q)}
       and not exists (select 1 from voucher o where o.type = 'opening-balance' and o.voucher_date = ${first}
         and o.ledger_version = e.ledger_version)`
  return `${prelude(q)}, own as materialized (${half('this', '', ':first', ':last')} union all ${half('before', '-', ':beforeFirst', ':beforeLast')}),
  heavy as materialized (
    select o.ledger_version, o.side, sum(o.amount) as amount, v.type from own o join voucher v on v.ledger_version = o.ledger_version
     group by o.ledger_version, o.side having sum(o.amount) <> 0
     order by abs(sum(o.amount)) desc, o.ledger_version limit ${HEAVY}),
  largest as materialized (
    select ledger_version, side from heavy h where not exists (
        select 1 from heavy o where o.side <> h.side and o.type = h.type and o.amount * h.amount < 0
          and abs(o.amount) between abs(h.amount) * 4 / 5 and abs(h.amount) * 5 / 4)
     order by abs(amount) desc, ledger_version limit ${q.largest}),
  rest as materialized (
    select o.*, case
        when v.reversal_of is not null or exists (select 1 from voucher r
          where r.reversal_of = v.id and r.ledger_version <= (select version from view)) then 'correction'
        when exists (select 1 from period_lock l where l.level <> 'open' and l.ledger_version < v.ledger_version
          and substr(o.voucher_date, 1, 7) between l.from_month and l.to_month) then 'late'
        when o.currency is not null and o.currency <> (select currency from company) then 'currency'
        else 'ordinary' end as class,
      ${q.by === undefined ? 'o.account' : `coalesce(o.dimensions ->> :byPath, 'none')`} as key
    from own o join voucher v on v.ledger_version = o.ledger_version
    where (o.ledger_version, o.side) not in (select ledger_version, side from largest))`
}

const VOUCHER = 'v.id, v.series, v.fiscal_year, v.number, v.voucher_date, v.text, v.recorded_at'

/** The vouchers that weigh most, and the rest by class and key: side, sum in øre and number of vouchers. */
export const bridgeSteps = (q: BridgeQuestion): InStatement =>
  statement(
    `${own(q)} select
      (select json_group_array(json(row)) from (
         select json_array(${VOUCHER}, o.side, sum(o.amount)) as row
           from own o join largest g on g.ledger_version = o.ledger_version and g.side = o.side
           join voucher v on v.ledger_version = o.ledger_version
          group by o.ledger_version, o.side order by abs(sum(o.amount)) desc, o.ledger_version)) as largest,
      (select json_group_array(json_array(class, key, side, amount, vouchers)) from (
         select class, key, side, sum(amount) as amount, count(distinct ledger_version) as vouchers
           from rest group by class, case class when 'ordinary' then key end, side order by class, key, side)) as rest`,
    args(q),
  )

/** The vouchers of one step: of a class, and of a key in the ordinary ones. */
export const stepVouchers = (q: BridgeQuestion, step: StepClass, key: string | undefined, limit: number): InStatement =>
  statement(
    `${own(q)} select json_group_array(json(row)) as rows from (
       select json_array(${VOUCHER}, r.side, sum(r.amount)) as row from rest r join voucher v on v.ledger_version = r.ledger_version
        where r.class = :class and (:key is null or r.key = :key)
        group by r.ledger_version, r.side order by abs(sum(r.amount)) desc, r.ledger_version limit ${limit})`,
    args(q, { class: step, key: key ?? null }),
  )

/** Names of a dimension's values. */
export const valueNames = (dimension: string): InStatement => ({
  sql: 'select json_group_array(json_array(code, name)) as rows from dimension_value where dimension = ?',
  args: [dimension],
})
