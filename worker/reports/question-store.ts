import type { IsoDate } from '#worker/core/dates.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { cutAfter, cutBefore } from './period-range.ts'
import type { Asked, Filter } from './report-query.ts'

/** A report's question, and the day it is asked. */
export type Question = Asked & { filter: Filter; today: IsoDate }

type Args = Record<string, string | number | null>

/** A statement with those of the arguments that it names. */
export function statement(sql: string, args: Args): InStatement {
  const named = new Set([...sql.matchAll(/:(\w+)/g)].map((m) => m[1]!))
  return { sql, args: Object.fromEntries(Object.entries(args).filter(([name]) => named.has(name))) }
}

/** All that the statements of one question may name. */
export function argsOf(q: Question): Args {
  const [from, to] = [q.fromDate && cutBefore(q.fromDate), q.toDate && cutAfter(q.toDate)]
  const { accounts, accountList, party, kind, dimensions } = q.filter
  const filters = Object.entries(dimensions).map(([key, value]) => [key, value, pathOf(key)])
  return {
    atVersion: q.atVersion === undefined ? null : String(q.atVersion),
    knownAt: q.asKnownAt ?? null,
    today: q.today,
    fromDate: q.fromDate ?? null,
    toDate: q.toDate ?? null,
    fromMonth: from?.month ?? null,
    endMonth: to?.month ?? null,
    fromPartFirst: from?.entries?.from ?? null,
    fromPartEnd: from?.entries?.before ?? null,
    toPartFirst: to?.entries?.from ?? null,
    toPartEnd: to?.entries?.before ?? null,
    firstAccount: accounts?.from ?? null,
    lastAccount: accounts?.to ?? null,
    accountList: accountList ? JSON.stringify(accountList) : null,
    party: party ?? null,
    kind: kind ?? null,
    filters: JSON.stringify(filters),
    ...Object.fromEntries(
      filters.flatMap(([key, value, path], i) => [
        [`key${i}`, key!],
        [`value${i}`, value!],
        [`path${i}`, path!],
        [`pair${i}`, `${JSON.stringify(key)}:${JSON.stringify(value)}`],
      ]),
    ),
  }
}

const pathOf = (key: string): string => `$.${JSON.stringify(key)}`

/** Whether the question is about an older state of the ledger. */
export const looksBack = (q: Pick<Question, 'asKnownAt' | 'atVersion'>): boolean =>
  q.asKnownAt !== undefined || q.atVersion !== undefined

/** Which version a report is drawn from. `recorded_at` never goes back along the chain, so the last one in time is the version. */
export const versionOf = (back: boolean): string =>
  `head as materialized (select coalesce(max(ledger_version), 0) as newest from voucher),
  view as materialized (select newest, ${
    back
      ? `min(newest, coalesce(cast(:atVersion as integer), newest), case when :knownAt is null then newest else coalesce(
          (select ledger_version from voucher where recorded_at <= :knownAt order by recorded_at desc, ledger_version desc limit 1),
          0) end)`
      : 'newest'
  } as version from head)`

/**
 * The days, and the months that are summed whole. Without days: the newest fiscal year
 * with entries that has begun (what is accrued into years to come does not move a report there), found by the first
 * number of each series, which is the first that was posted; without entries the year of today.
 */
const RANGE = `used_year as materialized (
    select y.first_date from number_series n
       cross join voucher v on v.series = n.series and v.fiscal_year = n.fiscal_year and v.number = 1
       cross join fiscal_year y on y.year = n.fiscal_year
      where v.ledger_version <= (select version from view)),
  newest_year as materialized (
    select first_date, last_date from fiscal_year where first_date = coalesce(
      (select max(first_date) from used_year where first_date <= :today), (select max(first_date) from used_year),
      (select first_date from fiscal_year where :today between first_date and last_date),
      (select max(first_date) from fiscal_year))),
  days as materialized (
    select coalesce(:fromDate, (select first_date from fiscal_year where :toDate between first_date and last_date),
        case when :toDate is null then (select first_date from newest_year) end,
        substr(coalesce(:toDate, :today), 1, 4) || '-01-01') as from_date,
      coalesce(:toDate, max(coalesce((select last_date from newest_year), ''),
        case when :fromDate is not null or not exists (select 1 from newest_year) then
          coalesce((select last_date from fiscal_year where :fromDate between first_date and last_date),
            substr(coalesce(:fromDate, :today), 1, 4) || '-12-31') else '' end)) as to_date),
  range as materialized (
    select from_date, to_date,
      coalesce(:fromMonth, substr(from_date, 1, 7)) as from_month,
      coalesce(:endMonth, substr(date(to_date, 'start of month', '+1 month'), 1, 7)) as end_month,
      substr(coalesce((select first_date from fiscal_year where from_date between first_date and last_date), from_date), 1, 7)
        as year_month
    from days)`

/** How far from either end of the chain a version may lie, as a part of it, for its entries there to be the shorter way. */
const NEAR = 8

/**
 * How an older version is summed: what is kept less the entries after it; near the beginning the entries up to it; between
 * them (`pass`) all entries by account in the order of an index, since sorting half of them takes longer.
 */
export const SIDE = `side as materialized (
    select case when late then version else 0 end as above,
      case when late then newest when version * ${NEAR} <= newest then version else 0 end as upto,
      case when late then -1 else 1 end as sign,
      late as kept, not late and version * ${NEAR} > newest as pass
    from (select newest, version, (newest - version) * ${NEAR} <= newest as late from view))`

/** Entries `e` that stood at the version asked for. */
export const upToVersionOf = (q: Question): string => (looksBack(q) ? ` and e.ledger_version <= ${VERSION}` : '')

export const prelude = (q: Question): string =>
  `with ${versionOf(looksBack(q))}, ${RANGE}${looksBack(q) ? `, ${SIDE}` : ''}`

export const FROM_MONTH = '(select from_month from range)'
export const END_MONTH = '(select end_month from range)'
export const YEAR_MONTH = '(select year_month from range)'
export const FROM_DATE = '(select from_date from range)'
export const TO_DATE = '(select to_date from range)'
export const VERSION = '(select version from view)'

/** From when a value was closed, if that was before the range and it carries no balance on from then: nothing can be there. */
const CLOSED_BEFORE = `(select d.closed_from from dimension_value d where d.dimension = f.value ->> 0 and d.code = f.value ->> 1
             and d.closed_from <= (select from_date from range) and not exists (
               select 1 from dimension_balance b join account a on a.number = b.account
                where b.dimension = d.dimension and b.value = d.code
                  and (a.type not in ('income', 'expense') or b.month >= (select year_month from range))))`

/** Version, chain head and days of a report, and which of its dimensions and values exist. */
export const reportHeader = (q: Question): InStatement =>
  statement(
    `${prelude(q)} select newest, version, from_date, to_date,
       (select hash from voucher where ledger_version = version) as chain_head,
       (select coalesce(max(sequence), 0) from event) as sequence,
       exists (select 1 from period_lock where level <> 'open' and from_month <= substr(to_date, 1, 7)
         and to_month >= substr(from_date, 1, 7)) as sealed,
       exists (select 1 from fiscal_year where first_date <= to_date and last_date >= from_date) as in_years,
       (select json_group_array(json_array(f.value ->> 0, f.value ->> 1,
           (select json_array(name_nb, name_en) from dimension d where d.key = f.value ->> 0),
           f.value ->> 1 = 'none' or exists (select 1 from dimension_value d where d.dimension = f.value ->> 0
             and d.code = f.value ->> 1),
           ${CLOSED_BEFORE})) from json_each(:filters) f) as filters
     from view, range`,
    argsOf(q),
  )
