import type { Month } from '#worker/core/dates.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { passOf, sourceOf, upToVersion, within } from './figures-store.ts'
import { argsOf, looksBack, type Question, SIDE, statement, versionOf } from './question-store.ts'
import type { Months } from './report-batch.ts'

const prelude = (q: Question): string => `with ${versionOf(looksBack(q))}${looksBack(q) ? `, ${SIDE}` : ''}`
const NEEDED = (month: string): string =>
  `${month} between :firstMonth and :lastMonth and ${month} not in (select value from json_each(:parts))`
const SIDES = 'sum(max(e.amount, 0)), sum(max(-e.amount, 0))'

/**
 * What each account moved in each month, and on each day of the months in `parts`: rows of account, month or day, debit and
 * credit in øre, to be added up by key. The whole of the kept balances in one read, however many cells are asked for.
 */
export function movedByMonth(q: Question, parts: readonly Month[], months: Months): InStatement {
  const source = sourceOf(q)
  const back = looksBack(q)
  const month = 'substr(e.voucher_date, 1, 7)'
  const days = `select e.account, e.voucher_date, ${SIDES} from json_each(:parts) p cross join ${source.byDay}
      and e.voucher_date >= p.value || '-01' and e.voucher_date <= p.value || '-31'
     where ${source.entries}${upToVersion(q)} group by e.account, e.voucher_date`
  const rows = (table: string, sign: '' | '-'): string =>
    `select b.account as account, b.month as month, ${sign}b.debit as debit, ${sign}b.credit as credit
      from ${table}${within('b.account', q)} and ${NEEDED('b.month')}${back ? ' and (select kept from side)' : ''}`
  const kept = [...(source.kept ? [rows(source.kept, '')] : []), ...(source.less ? [rows(source.less, '-')] : [])]
  const signed = `(select sign from side) * sum(max(e.amount, 0)), (select sign from side) * sum(max(-e.amount, 0))`
  const near = `select ${source.entryKey}, ${month}, ${signed}
     from entry e where e.ledger_version > (select above from side) and e.ledger_version <= (select upto from side)
       and ${NEEDED(month)} and ${source.entries} group by ${source.entryKey}, ${month}`
  const far = `select ${source.entryKey}, ${month}, ${signed} from ${passOf(source)} and ${NEEDED(month)} and ${source.entries}${upToVersion(q)} group by ${source.entryKey}, ${month}`
  const scan = `select ${source.entryKey} as account, ${month} as month, sum(max(e.amount, 0)) as debit, sum(max(-e.amount, 0)) as credit
      from entry e where ${NEEDED(month)} and ${source.entries}${upToVersion(q)} group by ${source.entryKey}, ${month}`
  const all = [
    ...(kept.length === 0 ? [scan] : kept),
    ...(back && kept.length > 0 ? [near, far] : []),
    ...(parts.length ? [days] : []),
  ]
  return statement(
    `${prelude(q)} select json_group_array(json_array(account, month, debit, credit)) as rows from (${all.join(' union all ')})`,
    { ...argsOf(q), parts: JSON.stringify(parts), firstMonth: months.first, lastMonth: months.last },
  )
}

/** The entries of opening vouchers by account and day. */
export function broughtForward(q: Question): InStatement {
  const source = sourceOf(q)
  return statement(
    `${prelude(q)} select json_group_array(json_array(account, day, debit, credit)) as rows from (
       select e.account as account, v.voucher_date as day, sum(max(e.amount, 0)) as debit, sum(max(-e.amount, 0)) as credit
         from voucher v cross join entry e on e.ledger_version = v.ledger_version
        where v.type = 'opening-balance' and ${source.entries}${upToVersion(q)} group by e.account, v.voucher_date)`,
    argsOf(q),
  )
}

/** Newest version and event, and the version of a question. */
export const versionAsked = (q: Question): InStatement =>
  statement(
    `with ${versionOf(looksBack(q))} select newest, version, (select coalesce(max(sequence), 0) from event) as sequence,
       (select hash from voucher where ledger_version = version) as chain_head from view`,
    argsOf(q),
  )

export const CHART = `select json_group_array(json_array(number, type, name_nb, name_en, control, grouping_category, grouping_code)) as rows
  from (select * from account order by number)`
export const YEARS =
  'select json_group_array(json_array(year, first_date, last_date)) as rows from (select * from fiscal_year order by first_date)'

/** Which of these parties exist; without a kind one of either. */
export const knownParties = (
  parties: readonly (readonly [kind: string | undefined, number: string])[],
): InStatement => ({
  sql: `select json_group_array(exists (select 1 from party p where p.number = f.value ->> 1
            and p.kind in ('customer', 'supplier') and p.kind = coalesce(f.value ->> 0, p.kind))) as rows
        from json_each(?) f`,
  args: [JSON.stringify(parties)],
})

/** Which of these dimensions and values exist. */
export const knownValues = (pairs: readonly (readonly [dimension: string, value: string])[]): InStatement => ({
  sql: `select json_group_array(json_array(
            (select json_array(name_nb, name_en) from dimension d where d.key = f.value ->> 0),
            f.value ->> 1 = 'none' or exists (select 1 from dimension_value d
              where d.dimension = f.value ->> 0 and d.code = f.value ->> 1))) as rows
        from json_each(?) f`,
  args: [JSON.stringify(pairs)],
})
