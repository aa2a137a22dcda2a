import type { SqlCheck, Table } from './store.ts'

/** The ledger version after which a check judges; 0 for all. */
const SINCE = 'cast(?1 as integer)'

/** Months that vouchers came into after that. */
const TOUCHED = `(select distinct substr(voucher_date, 1, 7) from voucher where ledger_version > ${SINCE})`

/**
 * A kept table against the sums of the entries it is kept of. Both go into one grouping: joined, a ledger with many projects
 * would take minutes. `keys` are the table's columns before `debit`, `found` those of entries `e`, and `more` ends its `from`. `since`:
 * of the months that vouchers came into.
 */
function keptAgainstEntries(table: Table, keys: string, found: string, more = ''): Statements {
  const compared = (kept: string, entries: string): string => `
    select ${keys}, sum(kept_debit) as kept_debit, sum(kept_credit) as kept_credit, sum(debit) as debit, sum(credit) as credit
    from (select ${keys}, debit as kept_debit, credit as kept_credit, 0 as debit, 0 as credit from ${table} ${kept}
          union all select ${keys}, 0, 0, max(amount, 0), max(-amount, 0) from (select ${found}, e.amount from ${entries} ${more}))
    group by ${keys} having sum(kept_debit) <> sum(debit) or sum(kept_credit) <> sum(credit)`
  const within = `voucher v join entry e on e.ledger_version = v.ledger_version and substr(v.voucher_date, 1, 7) in ${TOUCHED}`
  return { offenders: compared('', 'entry e'), since: compared(`where month in ${TOUCHED}`, within) }
}
type Statements = Pick<SqlCheck, 'offenders' | 'since'>

const MONTH = 'substr(e.voucher_date, 1, 7) as month'

/** Whether a month was filed, that is hard locked for VAT, when a voucher came. */
const wasFiled = (day: string): string => `coalesce((select level = 'hard' from scope_lock where scope = 'vat'
  and ledger_version < v.ledger_version and substr(${day}, 1, 7) between from_month and to_month order by rowid desc limit 1), 0)`

/** What no plan, draft or file that is looked over may write to, and where those stand. */
const ACTUALS = `'["voucher","entry","balance","party_balance","dimension_balance","open_item","event"]'`
const STAGED = `'["budget*","voucher_draft*","sheet_import*","saft_switch*","opening_balance*","takeover*","comparison*","old_*"]'`

/** Invariants that one statement can judge; numbers and wording in docs/invariants.md. */
export const sqlChecks: readonly SqlCheck[] = [
  {
    invariant: 1,
    key: 'voucher-balances',
    reads: ['voucher', 'entry'],
    offenders: `
      select v.id as voucher, v.ledger_version, sum(e.amount) as difference, count(e.line) as entries
      from voucher v left join entry e using (ledger_version) where v.ledger_version > ${SINCE} group by v.ledger_version
      having sum(e.amount) is not 0 or count(e.line) < 2 or count(e.line) <> v.entry_count or max(e.line) <> count(e.line)
      union all
      select null, e.ledger_version, sum(e.amount), count(*) from entry e
      where e.ledger_version > ${SINCE} and not exists (select 1 from voucher v where v.ledger_version = e.ledger_version) group by e.ledger_version`,
  },
  {
    invariant: 2,
    key: 'voucher-balances-by-currency',
    reads: ['voucher', 'entry'],
    // Where all lines are in one currency nothing else can hold the rest of it. VAT that was split out holds its own.
    offenders: `
      select v.id as voucher, min(e.currency) as currency, sum(e.currency_amount) as difference
      from voucher v join entry e using (ledger_version) where v.ledger_version > ${SINCE} and v.import_job is null and v.reversal_of is null
      group by v.ledger_version
      having count(*) filter (where e.origin = 'line') = count(e.currency) and count(distinct e.currency) = 1
        and sum(iif(e.currency is null, e.amount, 0)) = 0 and sum(e.currency_amount) <> 0`,
  },
  {
    invariant: 3,
    key: 'numbers-without-gap',
    reads: ['voucher'],
    offenders: `
      select series, fiscal_year, count(*) as vouchers, min(number) as first, max(number) as last
      from voucher
      where ${SINCE} = 0 or (series, fiscal_year) in (select series, fiscal_year from voucher where ledger_version > ${SINCE})
      group by series, fiscal_year
      having count(*) <> max(number) or min(number) <> 1 or count(distinct number) <> count(*)`,
  },
  {
    invariant: 4,
    key: 'heads-agree',
    reads: ['voucher'],
    offenders: `
      select series, fiscal_year, kept, found from (
        select series, fiscal_year, last_number as kept,
          (select max(number) from voucher v where v.series = s.series and v.fiscal_year = s.fiscal_year) as found
        from number_series s)
      where kept is not found
      union all
      select series, fiscal_year, null, max(number) from voucher v where ledger_version > ${SINCE} and not exists (
        select 1 from number_series s where s.series = v.series and s.fiscal_year = v.fiscal_year) group by 1, 2
      union all
      select 'chain', null, count(*), max(ledger_version) - ${SINCE} from voucher where ledger_version > ${SINCE}
      having count(*) <> max(ledger_version) - ${SINCE}`,
  },
  {
    invariant: 8,
    key: 'reversal-is-the-opposite',
    reads: ['voucher', 'entry'],
    offenders: `
      with pair as (select v.ledger_version as reversal, o.ledger_version as original, v.id, v.reversal_of
                    from voucher v left join voucher o on o.id = v.reversal_of
                    where v.ledger_version > ${SINCE} and v.reversal_of is not null),
        together as (
          select p.id, e.account, e.party_kind, e.party, e.currency, e.dimensions, e.vat_code, e.vat_side, e.amount,
            e.currency_amount
          from pair p join entry e on e.ledger_version in (p.reversal, p.original))
      select id as voucher, account, party, sum(amount) as difference from together
      group by id, account, party_kind, party, currency, dimensions, vat_code, vat_side
      having sum(amount) <> 0 or coalesce(sum(currency_amount), 0) <> 0
      union all
      select id, null, reversal_of, null from pair where original is null or original >= reversal
      union all
      select max(id), null, reversal_of, count(*) from voucher where reversal_of in (select reversal_of from pair)
      group by reversal_of having count(*) > 1`,
  },
  {
    invariant: 9,
    key: 'control-accounts-have-parties',
    reads: ['balance', 'party_balance', 'entry', 'open_item'],
    offenders: `
      select 'month' as what, account, month as place, sum(ledger) as ledger, sum(sub_ledger) as sub_ledger from (
        select b.account, b.month, b.debit - b.credit as ledger, 0 as sub_ledger from balance b
          join account a on a.number = b.account where a.control is not null
        union all select account, month, 0, debit - credit from party_balance)
      group by account, month having sum(ledger) <> sum(sub_ledger)
      union all
      select 'entry', e.account, e.ledger_version, e.amount, null from entry e join account a on a.number = e.account
      where e.ledger_version > ${SINCE} and (a.control is not e.party_kind or (e.party is null) <> (a.control is null))
      union all
      select 'item', account, ledger_version, sum(entry), sum(item) from (
        select ledger_version, line, account, party_kind, party, voucher_date, due_date, invoice_number, amount,
          amount as entry, null as item from entry where ledger_version > ${SINCE} and party is not null
        union all
        select ledger_version, line, account, party_kind, party, voucher_date, due_date, invoice_number, amount, null, amount
        from open_item where ledger_version > ${SINCE})
      group by ledger_version, line, account, party_kind, party, voucher_date, due_date, invoice_number, amount
      having count(*) <> 2`,
  },
  {
    invariant: 10,
    key: 'open-items',
    reads: ['open_item', 'item_match'],
    offenders: `
      with made as materialized (select id from item_match where ledger_version >= ${SINCE} or undone_version >= ${SINCE}),
        touched as materialized (
          select ledger_version, line from open_item where ledger_version > ${SINCE}
          union select l.ledger_version, l.line from made m join item_match_line l on l.match_id = m.id),
        settled as (
          select l.ledger_version, l.line, sum(l.amount) as amount, sum(l.currency_amount) as currency_amount
          from touched t join item_match_line l using (ledger_version, line)
            join item_match m on m.id = l.match_id and m.undone_at is null
          group by 1, 2)
      select 'item' as what, o.ledger_version as place, o.line, o.rest as found, o.amount - coalesce(s.amount, 0) as expected
      from touched join open_item o using (ledger_version, line) left join settled s using (ledger_version, line)
      where o.rest <> o.amount - coalesce(s.amount, 0) or abs(o.rest) > abs(o.amount) or o.rest * o.amount < 0
        or o.currency_rest <> o.currency_amount - coalesce(s.currency_amount, 0)
      union all
      select 'match', m.id, null, sum(l.amount), 0 from made m join item_match_line l on l.match_id = m.id
      group by m.id having sum(l.amount) <> 0
      union all
      select 'match', l.match_id, l.line, l.amount, o.amount
      from item_match_line l left join item_match m on m.id = l.match_id left join open_item o using (ledger_version, line)
      where (${SINCE} = 0 or m.id in (select id from made))
        and (m.id is null or o.amount is null or o.account <> m.account or o.party <> m.party or o.party_kind <> m.party_kind)`,
  },
  {
    invariant: 11,
    key: 'balances-are-sums',
    reads: ['balance', 'entry'],
    ...keptAgainstEntries('balance', 'account, month', `e.account, ${MONTH}`),
  },
  {
    invariant: 11,
    key: 'party-balances-are-sums',
    reads: ['party_balance', 'entry'],
    ...keptAgainstEntries(
      'party_balance',
      'party_kind, party, account, month',
      `e.party_kind, e.party, e.account, ${MONTH}`,
      'where e.party is not null',
    ),
  },
  {
    invariant: 11,
    key: 'dimension-balances-are-sums',
    reads: ['dimension_balance', 'entry'],
    ...keptAgainstEntries(
      'dimension_balance',
      'dimension, value, account, month',
      `d.key as dimension, d.value, e.account, ${MONTH}`,
      'join json_each(e.dimensions) d',
    ),
  },
  {
    invariant: 16,
    key: 'vat-terms',
    reads: ['voucher', 'entry', 'vat_term_move'],
    // By the locks as they stood when the voucher came: its document's month was filed, and the month it moved to was not.
    offenders: `
      with judged as (
        select v.id, v.document_date, m.term_day, ${wasFiled('m.term_day')} as into_filed, ${wasFiled('v.document_date')} and exists (
          select 1 from entry e where e.ledger_version = v.ledger_version and e.vat_rate is not null) as late
        from voucher v left join vat_term_move m using (ledger_version)
        where v.ledger_version > ${SINCE}
          and (m.ledger_version is not null or exists (select 1 from scope_lock where scope = 'vat')))
      select id as voucher, document_date as found, term_day as expected from judged
      where late <> (term_day is not null) or into_filed or term_day <= document_date
      union all
      select null, ledger_version, term_day from vat_term_move m
      where m.ledger_version > ${SINCE} and not exists (select 1 from voucher v where v.ledger_version = m.ledger_version)`,
  },
  {
    invariant: 17,
    key: 'nothing-in-a-locked-period',
    reads: ['period', 'voucher'],
    offenders: `
      with covered as (
        select p.month, p.level as now, l.level, l.ledger_version as since,
          lead(l.ledger_version) over of_month as until, lead(l.rowid) over of_month as next
        from period p join period_lock l on p.month between l.from_month and l.to_month
        window of_month as (partition by p.month order by l.rowid))
      select v.id as voucher, c.month, c.level, v.ledger_version from voucher v cross join covered c
      where v.ledger_version > ${SINCE} and c.month = substr(v.voucher_date, 1, 7) and c.level <> 'open' and v.ledger_version > c.since and v.ledger_version <= coalesce(c.until, 1e18)
        and (c.level = 'hard' or v.reason is null)
      union all
      select null, p.month, p.level, null from period p left join covered c on c.month = p.month and c.next is null
      where p.level <> coalesce(c.level, 'open')`,
  },
  {
    invariant: 18,
    key: 'years-and-dates',
    reads: ['fiscal_year', 'period', 'voucher', 'entry'],
    offenders: `
      select 'year' as what, year as subject, first_date as found, next_date as expected from
        (select year, first_date, last_date, lead(first_date) over (order by first_date) as next_date from fiscal_year)
      where last_date < first_date or next_date <> date(last_date, '+1 day')
      union all
      select 'voucher', v.id, v.voucher_date, v.fiscal_year from voucher v left join fiscal_year y on y.year = v.fiscal_year
      where v.ledger_version > ${SINCE} and (y.year is null or v.voucher_date not between y.first_date and y.last_date)
      union all
      select 'entry', e.ledger_version, e.voucher_date, v.voucher_date from entry e join voucher v using (ledger_version)
      where e.ledger_version > ${SINCE} and e.voucher_date <> v.voucher_date
      union all
      select 'period', p.month, p.year, y.year from period p left join fiscal_year y on y.year = p.year
      where y.year is null or p.month || '-31' < y.first_date or p.month || '-01' > y.last_date`,
  },
  {
    invariant: 20,
    key: 'control-trail',
    reads: ['voucher', 'voucher_document', 'recurring_run', 'schedule'],
    offenders: `
      select 'voucher' as what, id as subject, 'source' as missing, null as found, null as expected from voucher
      where ledger_version > ${SINCE} and content is null and import_job is null
      union all
      select 'document', stamp, voucher, sum(attached), sum(logged) from (
        select d.stamp, v.id as voucher, 1 as attached, 0 as logged from voucher_document d join voucher v using (ledger_version)
        union all select stamp, voucher, 0, 1 from document_log where what = 'attached')
      group by stamp, voucher having sum(attached) <> 1 or sum(logged) <> 1
      union all
      select 'document', stamp, 'arrived', null, null from document d
      where not exists (select 1 from document_log l where l.stamp = d.stamp and l.what = 'arrived')
      union all
      select 'recurring', recurring || ' ' || due_date, voucher_id, null, null from recurring_run r
      where status = 'posted' and not exists (select 1 from voucher v where v.id = r.voucher_id)
      union all
      select 'schedule', s.id, s.source, coalesce(sum(m.amount), 0), s.amount from schedule s
        left join schedule_month m on m.schedule = s.id group by s.id having coalesce(sum(m.amount), 0) <> s.amount
      union all
      select 'correction', c.corrects, v.id, null, null from voucher_correction c left join voucher v using (ledger_version)
      where v.id is null or not exists (select 1 from voucher r where r.reversal_of = c.corrects)`,
  },
  {
    invariant: 28,
    key: 'currency-rates',
    reads: ['entry'],
    // A base that VAT was split from has whole minor units, which are worth half a rate; a rate that was derived has six decimals.
    offenders: `
      select v.id as voucher, e.line, e.amount as found, e.currency_amount, e.rate from entry e join voucher v using (ledger_version)
      where e.ledger_version > ${SINCE} and ((e.currency is null) <> (e.currency_amount is null) or (e.currency is null) <> (e.rate is null)
        or (e.currency is null) <> (e.rate_unit is null) or (e.currency is null) <> (e.rate_source is null)
        or e.currency is not null and v.import_job is null
          and abs(e.amount - e.currency_amount * cast(e.rate as real) / e.rate_unit)
            > 1.5 + cast(e.rate as real) / e.rate_unit / 2 + abs(e.currency_amount) * 1e-6)`,
  },
  {
    invariant: 21,
    key: 'balances-sum-to-zero',
    reads: ['balance'],
    offenders: `select month, sum(debit - credit) as difference from balance group by month having sum(debit - credit) <> 0`,
  },
  {
    invariant: 29,
    key: 'budgets-apart',
    reads: ['balance'],
    // That balances are the sums of entries is 11; here, that nothing in the file writes from the one to the other.
    offenders: `
      select s.name as trigger, s.tbl_name as of, t.value as writes
      from sqlite_schema s join json_each(${STAGED}) p on s.tbl_name glob p.value join json_each(${ACTUALS}) t
      where s.type = 'trigger' and (lower(s.sql) glob '*into ' || t.value || '[ (]*'
        or lower(s.sql) glob '*update ' || t.value || ' *' or lower(s.sql) glob '*delete from ' || t.value || '[ ;]*')`,
  },
  {
    invariant: 36,
    key: 'clearing-accounts',
    reads: ['balance'],
    // Emptied when the take-over was finished; what comes there later is gone within three months of what happened last.
    offenders: `
      with last as (select strftime('%Y-%m', recorded_at, 'start of month', '-3 months') as month from event order by sequence desc limit 1)
      select account, min(month) as since, sum(debit - credit) as rest
      from balance join takeover t on t.finished_at is not null and account in ('1999', t.interim_customers, t.interim_suppliers)
      group by account
      having sum(debit - credit) <> 0 and sum(iif(month <= (select month from last), debit - credit, 0)) <> 0`,
  },
  {
    invariant: 32,
    key: 'events-without-gap',
    reads: ['event', 'voucher'],
    offenders: `
      with known as materialized (
          select sequence from event
          where type in ('voucher.posted', 'voucher.reversed') and ledger_version <= ${SINCE} order by sequence desc limit 1),
        later as (select * from event where sequence > coalesce((select sequence from known), 0))
      select 'sequence' as what, count(*) as found, max(sequence) as expected from later
      having count(*) <> max(sequence) - coalesce((select sequence from known), 0)
      union all
      select 'clock', recorded_at, before from (
        select recorded_at, lag(recorded_at) over (order by sequence) as before from event
        where sequence >= coalesce((select sequence from known), 0))
      where before > recorded_at and julianday(recorded_at) < julianday(before) - 1.0 / 86400
      union all
      select 'voucher', id, sum(events) from (
        select ledger_version, id, 1 as vouchers, 0 as events from voucher where ledger_version > ${SINCE}
        union all select ledger_version, subject, 0, 1 from later where type in ('voucher.posted', 'voucher.reversed'))
      group by ledger_version, id having sum(vouchers) <> 1 or sum(events) <> 1`,
  },
]
