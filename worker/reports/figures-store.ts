import type { IsoDate } from '#worker/core/dates.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { cutAfter, cutBefore } from './period-range.ts'
import type { Asked, Filter } from './report-query.ts'

/** A report's question, and the day it is asked. */
export type Question = Asked & { filter: Filter; today: IsoDate }

/** What figures are summed by. */
export type Grouping = 'account' | 'party'
export type Sums = {
  /** Øre before the first day of the fiscal year that holds `fromDate`, debit positive. */
  yearStart: number
  /** Øre before the range, debit positive; opening vouchers dated on its first day included. */
  opening: number
  debit: number
  credit: number
}

type Args = Record<string, string | number | null>

/** A statement with those of the arguments that it names. */
export function statement(sql: string, args: Args): InStatement {
  const named = new Set([...sql.matchAll(/:(\w+)/g)].map((m) => m[1]!))
  return { sql, args: Object.fromEntries(Object.entries(args).filter(([name]) => named.has(name))) }
}

/** All that the statements of one question may name. */
export function argsOf(q: Question): Args {
  const [from, to] = [q.fromDate && cutBefore(q.fromDate), q.toDate && cutAfter(q.toDate)]
  const { accounts, party, kind, dimensions } = q.filter
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
    party: party ?? null,
    kind: kind ?? null,
    filters: JSON.stringify(filters),
    ...Object.fromEntries(
      filters.flatMap(([key, value, path], i) => [
        [`key${i}`, key!],
        [`value${i}`, value!],
        [`path${i}`, path!],
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
 * The days, and the months that are summed whole. Without days: the fiscal year of the newest entry, found by the first
 * number of each series, which is the first that was posted; without entries the year of today.
 */
const RANGE = `newest_year as materialized (
    select first_date, last_date from fiscal_year where first_date = coalesce(
      (select max(y.first_date) from number_series n
         cross join voucher v on v.series = n.series and v.fiscal_year = n.fiscal_year and v.number = 1
         cross join fiscal_year y on y.year = n.fiscal_year
        where v.ledger_version <= (select version from view)),
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

/** The nearer end of the chain to sum from: what came after the version is taken away, or what came up to it is added up. */
export const SIDE = `side as materialized (
    select case when version * 2 < newest then 0 else version end as above,
      case when version * 2 < newest then version else newest end as upto,
      case when version * 2 < newest then 1 else -1 end as sign,
      version * 2 >= newest as kept from view)`

export const prelude = (q: Question): string =>
  `with ${versionOf(looksBack(q))}, ${RANGE}${looksBack(q) ? `, ${SIDE}` : ''}`

const FROM_MONTH = '(select from_month from range)'
const END_MONTH = '(select end_month from range)'
const YEAR_MONTH = '(select year_month from range)'
const FROM_DATE = '(select from_date from range)'
const TO_DATE = '(select to_date from range)'
const VERSION = '(select version from view)'

/** Where figures of a kind are kept by month, and how to find the same entries one by one. */
type Source = {
  /** Kept tables as `b`; a negative sign is taken away. None: only entries tell. */
  kept: readonly { from: string; sign: '' | '-' }[]
  keptKey: string
  entryKey: string
  /** Which entries, as a condition on `e`. */
  entries: string
  /** Finds entries `e` of some days by an index; the days are added to it. */
  byDay: string
}

export const within = (column: string, q: Question): string =>
  q.filter.accounts ? ` and ${column} between :firstAccount and :lastAccount` : ''

/** The condition that an entry carries the dimension values, or lacks the dimension where `none` is asked. */
export const dimensionCondition = (filter: Filter): string =>
  Object.values(filter.dimensions)
    .map((value, i) => ` and e.dimensions ->> :path${i} ${value === 'none' ? 'is null' : `= :value${i}`}`)
    .join('')

const byAccount = (q: Question): string =>
  `account k cross join entry e indexed by entry_account on e.account = k.number${within('k.number', q)}`

export function sourceOf(q: Question): Source {
  const { party, dimensions } = q.filter
  const values = Object.values(dimensions)
  const entries = `true${within('e.account', q)}${dimensionCondition(q.filter)}`
  const all = { keptKey: 'b.account', entryKey: 'e.account', entries }
  if (party !== undefined) {
    const own = `${entries} and e.party = :party`
    const byDay = `account k cross join entry e indexed by entry_party
      on e.party_kind = k.control and e.party = :party and e.account = k.number${within('k.number', q)}`
    if (values.length > 0) return { ...all, entries: own, kept: [], byDay }
    const from = `party_balance b where b.party_kind in ('customer', 'supplier') and b.party = :party`
    return { ...all, entries: own, byDay, kept: [{ from, sign: '' }] }
  }
  if (values.length === 0) return { ...all, byDay: byAccount(q), kept: [{ from: 'balance b where true', sign: '' }] }
  if (values.length > 1) return { ...all, byDay: byAccount(q), kept: [] }
  if (values[0] === 'none')
    return {
      ...all,
      byDay: byAccount(q),
      kept: [
        { from: 'balance b where true', sign: '' },
        { from: 'dimension_balance b where b.dimension = :key0', sign: '-' },
      ],
    }
  const one = 'dimension_balance b where b.dimension = :key0 and b.value = :value0'
  const byDay = `(select distinct account from ${one}) k cross join entry e indexed by entry_account on e.account = k.account`
  return { ...all, byDay, kept: [{ from: one, sign: '' }] }
}

/** By party, of one kind. */
function partySource(q: Question): Source {
  const one = q.filter.party === undefined ? '' : ' and b.party = :party'
  const kept = `party_balance b where b.party_kind = :kind${one}`
  return {
    keptKey: 'b.party',
    entryKey: 'e.party',
    entries: `e.party_kind = :kind${one.replace('b.', 'e.')}`,
    kept: [{ from: kept, sign: '' }],
    byDay: `(select distinct party, account from ${kept}) k cross join entry e indexed by entry_party
      on e.party_kind = :kind and e.party = k.party and e.account = k.account`,
  }
}

/** By control account, from the balances of the parties alone. */
const SUB_LEDGER: Source = {
  keptKey: 'b.account',
  entryKey: 'e.account',
  entries: 'e.party is not null',
  kept: [{ from: 'party_balance b where true', sign: '' }],
  byDay: `(select number from account where control is not null) k cross join entry e indexed by entry_account
    on e.account = k.number`,
}

/** The sums of a question by key: what is kept by month, set right by the entries of part months and of later versions. */
function sumsOf(source: Source, q: Question): string {
  const parts = source.kept.length === 0 ? [fromEntries(source, q)] : fromKept(source, q)
  return `select key, sum(year_start) as year_start, sum(opening) as opening, sum(debit) as debit, sum(credit) as credit
    from (${[...parts, openingVouchers(source, q)].join(' union all ')}) group by key`
}

function fromKept(source: Source, q: Question): string[] {
  const back = looksBack(q)
  const [from, to] = [q.fromDate && cutBefore(q.fromDate).entries, q.toDate && cutAfter(q.toDate).entries]
  return [
    ...source.kept.map(
      ({ from, sign }) => `select ${source.keptKey} as key,
        ${sign}sum(case when b.month < ${YEAR_MONTH} then b.debit - b.credit else 0 end) as year_start,
        ${sign}sum(case when b.month < ${FROM_MONTH} then b.debit - b.credit else 0 end) as opening,
        ${sign}sum(case when b.month >= ${FROM_MONTH} then b.debit else 0 end) as debit,
        ${sign}sum(case when b.month >= ${FROM_MONTH} then b.credit else 0 end) as credit
        from ${from}${within('b.account', q)} and b.month < ${END_MONTH}${back ? ' and (select kept from side)' : ''}
        group by ${source.keptKey}`,
    ),
    ...(back ? [afterVersion(source)] : []),
    ...(from ? [partMonth(source, q, 'from', from.sign)] : []),
    ...(to ? [partMonth(source, q, 'to', to.sign)] : []),
  ]
}

/** Entries on the nearer side of the version, in the whole months. A month sorts before its own days. */
const afterVersion = (source: Source): string => `select ${source.entryKey},
    (select sign from side) * sum(case when e.voucher_date < ${YEAR_MONTH} then e.amount else 0 end),
    (select sign from side) * sum(case when e.voucher_date < ${FROM_MONTH} then e.amount else 0 end),
    (select sign from side) * sum(case when e.voucher_date > ${FROM_MONTH} then max(e.amount, 0) else 0 end),
    (select sign from side) * sum(case when e.voucher_date > ${FROM_MONTH} then max(-e.amount, 0) else 0 end)
    from entry e where e.ledger_version > (select above from side) and e.ledger_version <= (select upto from side)
      and e.voucher_date < ${END_MONTH} and ${source.entries} group by ${source.entryKey}`

/** Entries between a cut and the whole month it is counted from. */
function partMonth(source: Source, q: Question, which: 'from' | 'to', sign: 1 | -1): string {
  const [opening, movement] = which === 'from' ? [sign, -sign] : [0, sign]
  return `select ${source.entryKey}, 0, ${opening} * sum(e.amount), ${movement} * sum(max(e.amount, 0)),
    ${movement} * sum(max(-e.amount, 0))
    from ${source.byDay} and e.voucher_date >= :${which}PartFirst and e.voucher_date < :${which}PartEnd
    where ${source.entries}${upToVersion(q)} group by ${source.entryKey}`
}

/** Vouchers of type `opening-balance` dated on the first day of the range are opening, not movement (decisions.md 4). */
const openingVouchers = (source: Source, q: Question): string => `select ${source.entryKey}, 0, sum(e.amount),
    -sum(max(e.amount, 0)), -sum(max(-e.amount, 0))
    from voucher v cross join entry e on e.ledger_version = v.ledger_version
    where v.type = 'opening-balance' and v.voucher_date = ${FROM_DATE} and ${source.entries}${upToVersion(q)}
    group by ${source.entryKey}`

/** No table is kept for this filter: the entries up to the range's last day are read. */
const fromEntries = (source: Source, q: Question): string => `select ${source.entryKey} as key,
    sum(case when e.voucher_date < ${YEAR_MONTH} then e.amount else 0 end) as year_start,
    sum(case when e.voucher_date < ${FROM_DATE} then e.amount else 0 end) as opening,
    sum(case when e.voucher_date >= ${FROM_DATE} then max(e.amount, 0) else 0 end) as debit,
    sum(case when e.voucher_date >= ${FROM_DATE} then max(-e.amount, 0) else 0 end) as credit
    from entry e where e.voucher_date <= ${TO_DATE} and ${source.entries}${upToVersion(q)} group by ${source.entryKey}`

export const upToVersion = (q: Question): string => (looksBack(q) ? ` and e.ledger_version <= ${VERSION}` : '')

const SUMS = 'coalesce(s.year_start, 0), coalesce(s.opening, 0), coalesce(s.debit, 0), coalesce(s.credit, 0)'

/** Accounts of the chart with their sums, as one JSON text: a cell a value would cost more to carry than to sum. */
export const accountSums = (q: Question): InStatement =>
  statement(
    `${prelude(q)}, s as (${sumsOf(sourceOf(q), q)})
     select json_group_array(json_array(a.number, a.name_nb, a.name_en, a.type, a.control, ${SUMS}) order by a.number) as rows
     from account a left join s on s.key = a.number where true${within('a.number', q)}`,
    argsOf(q),
  )

/** Parties of a kind with their sums. */
export const partySums = (q: Question): InStatement =>
  statement(
    `${prelude(q)}, s as (${sumsOf(partySource(q), q)})
     select json_group_array(json_array(p.number, p.name, p.organisation_number, ${SUMS}) order by p.number) as rows
     from party p left join s on s.key = p.number
     where p.kind = :kind${q.filter.party === undefined ? '' : ' and p.number = :party'}`,
    argsOf(q),
  )

/** What the parties sum to on each control account. */
export const subLedgerSums = (q: Question): InStatement =>
  statement(
    `${prelude(q)}, s as (${sumsOf(SUB_LEDGER, { ...q, filter: { dimensions: {} } })})
     select json_group_array(json_array(s.key, s.opening + s.debit - s.credit)) as rows from s`,
    argsOf(q),
  )

/** Version, chain head and days of a report, and which of its dimensions and values exist. */
export const reportHeader = (q: Question): InStatement =>
  statement(
    `${prelude(q)} select newest, version, from_date, to_date,
       (select hash from voucher where ledger_version = version) as chain_head,
       (select coalesce(max(sequence), 0) from event) as sequence,
       (select json_group_array(json_array(f.value ->> 0, f.value ->> 1,
           (select json_array(name_nb, name_en) from dimension d where d.key = f.value ->> 0),
           f.value ->> 1 = 'none' or exists (select 1 from dimension_value d where d.dimension = f.value ->> 0
             and d.code = f.value ->> 1))) from json_each(:filters) f) as filters
     from view, range`,
    argsOf(q),
  )
