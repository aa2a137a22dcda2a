import type { InStatement } from '#worker/database/connect.ts'
import { cutAfter, cutBefore } from './period-range.ts'
import {
  argsOf,
  END_MONTH,
  FROM_DATE,
  FROM_MONTH,
  looksBack,
  prelude,
  type Question,
  statement,
  TO_DATE,
  upToVersionOf,
  YEAR_MONTH,
} from './question-store.ts'
import type { Filter } from './report-query.ts'

/** Where figures of a kind stand, and how to find the same entries one by one. */
type Source = {
  /** The kept table as `b`, with a condition. None: only entries tell. */
  kept: string | null
  /** Which rows of `b` belong to account `k`. */
  ofAccount: string
  /** A kept table as `b` whose figures are taken away from it. */
  less: string | null
  entryKey: string
  /** Which entries, as a condition on `e`. */
  entries: string
  /** Finds entries `e` of some days by an index; the days are added to it. */
  byDay: string
  /** Whether all entries are best read in that order too: not when each would have to be looked up for its dimensions. */
  passByDay: boolean
}

export const within = (column: string, q: Question): string =>
  q.filter.accountList
    ? ` and ${column} in (select value from json_each(:accountList))`
    : q.filter.accounts
      ? ` and ${column} between :firstAccount and :lastAccount`
      : ''

/** The condition that an entry carries the dimension values, or lacks the dimension where `none` is asked. */
export const dimensionCondition = (filter: Pick<Filter, 'dimensions'>): string =>
  Object.values(filter.dimensions)
    // The text is looked for first: reading each entry's JSON is most of what such a search costs.
    .map((value, i) =>
      value === 'none'
        ? ` and e.dimensions ->> :path${i} is null`
        : ` and instr(e.dimensions, :pair${i}) > 0 and e.dimensions ->> :path${i} = :value${i}`,
    )
    .join('')

export function sourceOf(q: Question): Source {
  const { party, kind, dimensions } = q.filter
  const values = Object.values(dimensions)
  const byDay = `account k cross join entry e indexed by entry_account on e.account = k.number${within('k.number', q)}`
  const all: Source = {
    kept: 'balance b where true',
    ofAccount: 'b.account = k.number',
    less: null,
    // The plus keeps a pass over whole entries off the account index, which would look up each of them one by one.
    entryKey: values.length === 0 ? 'e.account' : '+e.account',
    entries: `true${within('e.account', q)}${dimensionCondition(q.filter)}`,
    byDay,
    passByDay: values.length === 0,
  }
  if (party !== undefined) {
    const ofKind = (row: string) => (kind ? ` and ${row}.party_kind = :kind` : '')
    return {
      ...all,
      kept:
        values.length === 0
          ? `party_balance b where b.party_kind in ('customer', 'supplier') and b.party = :party${ofKind('b')}`
          : null,
      ofAccount: 'b.party_kind = k.control and b.account = k.number',
      entries: `${all.entries} and e.party = :party${ofKind('e')}`,
      byDay: `account k cross join entry e indexed by entry_party
        on e.party_kind = k.control and e.party = :party and e.account = k.number${within('k.number', q)}`,
      passByDay: true,
    }
  }
  if (values.length === 0) return all
  if (values.length > 1) return { ...all, kept: null }
  if (values[0] === 'none') return { ...all, less: 'dimension_balance b where b.dimension = :key0' }
  const one = 'dimension_balance b where b.dimension = :key0 and b.value = :value0'
  return {
    ...all,
    kept: one,
    byDay: `(select distinct account from ${one}) k cross join entry e indexed by entry_account on e.account = k.account`,
  }
}

/** By party, of one kind. */
function partySource(q: Question): Source {
  const one = q.filter.party === undefined ? '' : ' and b.party = :party'
  const kept = `party_balance b where b.party_kind = :kind${one}`
  return {
    kept,
    ofAccount: 'b.account = k.number',
    less: null,
    entryKey: 'e.party',
    entries: `e.party_kind = :kind${one.replace('b.', 'e.')}`,
    byDay: `(select distinct party, account from ${kept}) k cross join entry e indexed by entry_party
      on e.party_kind = :kind and e.party = k.party and e.account = k.account`,
    passByDay: true,
  }
}

const keptOnly = (q: Question): string => (looksBack(q) ? ' and (select kept from side)' : '')

/** Sums of the whole months of one account, each by a seek; a scan that sorted its rows into sums took twice as long. */
function keptSums(source: Source, q: Question): string {
  if (source.kept === null) return '0, 0, json_array(0, 0)'
  const sum = (what: string, months: string) =>
    `(select ${what} from ${source.kept} and ${source.ofAccount} and ${months}${keptOnly(q)})`
  const movement = `b.month >= ${FROM_MONTH} and b.month < ${END_MONTH}`
  return `case when k.type in ('income', 'expense') then ${sum('sum(b.debit - b.credit)', `b.month < ${YEAR_MONTH}`)} end,
    ${sum('sum(b.debit - b.credit)', `b.month < ${FROM_MONTH}`)},
    ${sum('json_array(sum(b.debit), sum(b.credit))', movement)}`
}

/** Sums of the whole months in one pass, a row for each `group`, which is how the table is ordered. A party has no result that a year starts anew. */
const passOver = (table: string, key: string, group: string, sign: '' | '-', q: Question): string => `select ${key},
    ${key === 'b.party' ? '0' : `${sign}sum(case when b.month < ${YEAR_MONTH} then b.debit - b.credit else 0 end)`} as year_start,
    ${sign}sum(case when b.month < ${FROM_MONTH} then b.debit - b.credit else 0 end) as opening,
    ${sign}sum(case when b.month >= ${FROM_MONTH} then b.debit else 0 end) as debit,
    ${sign}sum(case when b.month >= ${FROM_MONTH} then b.credit else 0 end) as credit
    from ${table} and b.month < ${END_MONTH}${keptOnly(q)} group by ${group}`

/** What sets the whole months right: entries of part months, of later versions, and opening vouchers of the first day. */
function corrections(source: Source, q: Question): string[] {
  if (source.kept === null) return [fromEntries(source, q), openingVouchers(source, q)]
  const [from, to] = [q.fromDate && cutBefore(q.fromDate).entries, q.toDate && cutAfter(q.toDate).entries]
  return [
    openingVouchers(source, q),
    ...(source.less
      ? [passOver(`${source.less}${within('b.account', q)}`, 'b.account', 'b.value, b.account', '-', q)]
      : []),
    ...(looksBack(q) ? [nearVersion(source), farFromVersion(source, q)] : []),
    ...(from ? [partMonth(source, q, 'from', from.sign)] : []),
    ...(to ? [partMonth(source, q, 'to', to.sign)] : []),
  ]
}

/** Entries of whole months. A month sorts before its own days. */
const WHOLE_MONTHS = `(select sign from side) * sum(case when e.voucher_date < ${YEAR_MONTH} then e.amount else 0 end),
    (select sign from side) * sum(case when e.voucher_date < ${FROM_MONTH} then e.amount else 0 end),
    (select sign from side) * sum(case when e.voucher_date > ${FROM_MONTH} then max(e.amount, 0) else 0 end),
    (select sign from side) * sum(case when e.voucher_date > ${FROM_MONTH} then max(-e.amount, 0) else 0 end)`

/** Entries between the version and the nearer end of the chain. */
const nearVersion = (source: Source): string => `select ${source.entryKey}, ${WHOLE_MONTHS}
    from entry e where e.ledger_version > (select above from side) and e.ledger_version <= (select upto from side)
      and e.voucher_date < ${END_MONTH} and ${source.entries} group by ${source.entryKey}`

/** Entries up to a version that is far from both ends. */
const farFromVersion = (source: Source, q: Question): string => `select ${source.entryKey}, ${WHOLE_MONTHS}
    from ${passOf(source)} and e.voucher_date < ${END_MONTH} and ${source.entries}${upToVersion(q)} group by ${source.entryKey}`

export const passOf = ({ passByDay, byDay }: Source): string =>
  `${passByDay ? byDay : 'entry e'} where (select pass from side)`

/** Entries between a cut and the whole month it is counted from. */
function partMonth(source: Source, q: Question, which: 'from' | 'to', sign: 1 | -1): string {
  const [opening, movement] = which === 'from' ? [sign, -sign] : [0, sign]
  // Debit and credit come out of two plain sums: a case or max for each of the entries is most of what a part month costs.
  return `select key, 0, ${opening} * net, ${movement} * (gross + net) / 2, ${movement} * (gross - net) / 2 from (
    select ${source.entryKey} as key, sum(e.amount) as net, sum(abs(e.amount)) as gross
      from ${source.byDay} and e.voucher_date >= :${which}PartFirst and e.voucher_date < :${which}PartEnd
     where ${source.entries}${upToVersion(q)} group by ${source.entryKey})`
}

/** Vouchers of type `opening-balance` dated on the first day of the range are opening, not movement (decisions.md 4). */
const openingVouchers = (source: Source, q: Question): string => `select ${source.entryKey} as key, 0 as year_start,
    sum(e.amount) as opening, -sum(max(e.amount, 0)) as debit, -sum(max(-e.amount, 0)) as credit
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

export const upToVersion = upToVersionOf

/** Rows as one JSON text: a cell a value would cost more to carry than to sum. */
const asJson = (columns: string, from: string): string =>
  `(select json_group_array(json_array(${columns})) from ${from})`
const SUMS = 'key, year_start, opening, debit, credit'

/** Accounts of the chart with their kept sums, and by account what is to be added to them. */
export function accountSums(q: Question): InStatement {
  const source = sourceOf(q)
  const kept = `k.number, k.name_nb, k.name_en, k.type, k.control, ${keptSums(source, q)}`
  return statement(
    `${prelude(q)} select ${asJson(kept, `account k where true${within('k.number', q)}`)} as rows,
       ${asJson(SUMS, `(${corrections(source, q).join(' union all ')})`)} as more`,
    argsOf(q),
  )
}

/** Parties of a kind, and their sums by number. */
export function partySums(q: Question): InStatement {
  const source = partySource(q)
  const one = q.filter.party === undefined ? '' : ' and number = :party'
  const sums = [...corrections(source, q), passOver(source.kept!, 'b.party', 'b.party, b.account', '', q)]
  return statement(
    `${prelude(q)} select ${asJson('number, name, organisation_number', `party where kind = :kind${one}`)} as rows,
       ${asJson(SUMS, `(${sums.join(' union all ')})`)} as more`,
    argsOf(q),
  )
}

/**
 * What the parties of each kind are kept at, and what their control accounts are, both at the end of the range's whole months.
 * Entries of part months and of later versions belong to both: no entry stands on a control account without its party.
 */
export function subLedgerSums(q: Question): InStatement {
  const kept = (kind: string) => `json_array('${kind}',
      (select coalesce(sum(b.debit - b.credit), 0) from party_balance b
        where b.party_kind = '${kind}' and b.month < ${END_MONTH}),
      (select coalesce(sum(b.debit - b.credit), 0) from account k cross join balance b
        on b.account = k.number and b.month < ${END_MONTH} where k.control = '${kind}'))`
  return statement(`${prelude(q)} select json_array(${kept('customer')}, ${kept('supplier')}) as rows`, argsOf(q))
}
