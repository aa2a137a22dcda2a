import { InvariantError } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { AuditLimits } from './store.ts'

/**
 * The books as an auditor may read them: nothing can be written, and every table with a year's content shows the years that
 * were granted. It is done in the statements themselves, so that a report nobody had in mind is limited, too: a name with no
 * schema before it means the part of the table that may be read (a common table expression), and the table itself is `main.`.
 *
 * Opening balances stay right: what months before hold is one sum, on a month before all others, so that no other year's movement
 * is told, nor taken for one. Open items that were open when the years began are seen with their entry, since the control
 * account's opening balance rests on them.
 */
export async function auditDatabase(db: Database, { years }: AuditLimits): Promise<Database> {
  const parts = partsFor(years, await readRanges(db, years))
  const limit = (statement: InStatement | string): InStatement | string =>
    typeof statement === 'string' ? limited(statement, parts) : { ...statement, sql: limited(statement.sql, parts) }
  return {
    execute: (statement: InStatement | string, args?: never) => db.execute(limit(statement) as never, args as never),
    batch: (statements: (InStatement | [string, never?])[]) =>
      db.batch(
        statements.map((s) =>
          Array.isArray(s) ? { sql: limited(s[0], parts), args: s[1] ?? [] } : limit(s),
        ) as InStatement[],
        'read',
      ),
  } as Database
}

/** First and last day of each fiscal year that was granted. */
export async function readRanges(db: Database, years: readonly number[]): Promise<Range[]> {
  const { rows } = await db.execute({
    sql: `select first_date, last_date from fiscal_year where year in (select value from json_each(?)) order by year`,
    args: [JSON.stringify(years)],
  })
  return rows.map((row) => ({ from: dayIn(row.first_date), to: dayIn(row.last_date) }))
}

const dayIn = (value: unknown): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(String(value))) throw new InvariantError('a fiscal year without days')
  return String(value)
}

export type Range = { from: string; to: string }
type Parts = ReadonlyMap<string, string>

/** Tables that hold no year's content, and are read as they are. A new table stands here or below, or a test fails. */
export const READ_WHOLE: readonly string[] = [
  'company',
  'fiscal_year',
  'period',
  'period_lock',
  'scope_lock',
  'account',
  'account_merge',
  'vat_code',
  'vat_rate',
  'voucher_type',
  'voucher_type_rule',
  'dimension',
  'dimension_value',
  'dimension_rule',
  'dimension_series',
  'dimension_default',
  'party',
  'party_name',
  'contact',
  'bank_account_change',
  'number_series',
  'turnover',
  'currency_rate',
  'split_key',
  'template',
  'template_version',
  'report_layout',
  'saved_report',
  'company_profile',
  'screen_layout',
  'budget_season',
  'voucher_search',
  'voucher_listed',
  'voucher_search_state',
  'comment_search',
  // Hashes of the log, without what happened.
  'audit_seal',
  'column_mapping',
  // What was kept of an old system, and its names; entries and balances are shown in part.
  'old_ledger',
  'old_party',
  // Whose step of the onboarding plan it is, and until when.
  'onboarding_step',
  // Whose turn it is, for a minute.
  'sheet_lease',
  'schema_migration',
]

/**
 * Between two granted ranges the sum must lie in a year that was not granted. What that year earned and spent is then on one
 * account, so that its result alone is told, which the later year's opening balance tells too.
 */
const resultInOne = (between: string): string => {
  const ofResult = `select number from main.account where type in ('income', 'expense')`
  return `case when account in (${ofResult})
    then (select min(account) from main.balance where ${between} and account in (${ofResult})) else account end`
}

/** What of each other table may be read. */
function partsFor(years: readonly number[], ranges: readonly Range[]): Parts {
  const list = years.length > 0 ? years.join(', ') : 'null'
  const within = (column: string): string =>
    ranges.length === 0 ? '0' : `(${ranges.map((r) => `${column} between '${r.from}' and '${r.to}'`).join(' or ')})`
  const months = (column: string): string =>
    ranges.length === 0
      ? '0'
      : `(${ranges.map((r) => `${column} between '${r.from.slice(0, 7)}' and '${r.to.slice(0, 7)}'`).join(' or ')})`
  const first = ranges[0]?.from ?? '9999-12-31'
  // Open on the first day: dated before it, and not settled before it.
  const carried = (i: string): string => `(${i}.voucher_date < '${first}' and ${i}.amount <> (
      select coalesce(sum(l.amount), 0) from main.item_match_line l join main.item_match m on m.id = l.match_id
       where l.ledger_version = ${i}.ledger_version and l.line = ${i}.line and m.match_date < '${first}'
         and (m.undone_date is null or m.undone_date >= '${first}')))`
  const vouchers = `select ledger_version from main.voucher where fiscal_year in (${list})`
  const balances = (table: string, keys: string): string => {
    const before = ranges.map((range, i) => {
      const from = range.from.slice(0, 7)
      if (i === 0)
        return `select ${keys}, '${BEFORE_ALL}', sum(debit), sum(credit) from main.${table}
                where month < '${from}' group by ${keys}`
      const between = `month > '${ranges[i - 1]!.to.slice(0, 7)}' and month < '${from}'`
      const kept = keys.replace(/\baccount$/, resultInOne(between))
      const net = 'sum(debit) - sum(credit)'
      return `select ${kept}, '${monthBefore(from)}', max(${net}, 0), max(-(${net}), 0) from main.${table}
              where ${between} group by ${kept}`
    })
    return [`select ${keys}, month, debit, credit from main.${table} where ${months('month')}`, ...before].join(
      ' union all ',
    )
  }
  const items = `select ledger_version, line from main.open_item i where ${within('i.voucher_date')} or ${carried('i')}`
  const budgets = `select id from main.budget where year in (${list})`
  const none = (table: string) => `select * from main.${table} where 0`
  // An order of writing is asked for by rowid, which a part has no more unless it is named.
  return new Map(
    Object.entries({
      voucher: `select * from main.voucher where fiscal_year in (${list})`,
      entry: `select * from main.entry e where ${within('e.voucher_date')}
        or (e.party is not null and exists (select 1 from main.open_item i
              where i.ledger_version = e.ledger_version and i.line = e.line and ${carried('i')}))`,
      open_item: `select * from main.open_item i where ${within('i.voucher_date')} or ${carried('i')}`,
      balance: balances('balance', 'account'),
      party_balance: balances('party_balance', 'party_kind, party, account'),
      dimension_balance: balances('dimension_balance', 'dimension, value, account'),
      item_kept_open: `select * from main.item_kept_open where (ledger_version, line) in (${items})`,
      item_match_line: `select * from main.item_match_line where (ledger_version, line) in (${items})`,
      item_match: `select *, rowid from main.item_match where id in (
        select match_id from main.item_match_line where (ledger_version, line) in (${items}))`,
      event: `select * from main.event e where case
        when type glob 'voucher.*' then subject in (select id from main.voucher where fiscal_year in (${list}))
        when type glob 'document.*' then subject in (select id from main.document where stamp in (
          select stamp from main.voucher_document where ledger_version in (${vouchers})))
        when type glob 'budget.*' then subject in (${budgets})
        when type glob 'opening-balance.*' or type glob 'takeover.*' then ${within('subject')}
        when type glob 'draft.*' or type glob 'import.*' then 0
        else ${within('substr(recorded_at, 1, 10)')} end
        and not exists (select 1 from json_each(e.touched) where value->>'period' is not null
          and not ${months("value->>'period'")})`,
      document: `select * from main.document where stamp in (
        select stamp from main.voucher_document where ledger_version in (${vouchers}))`,
      voucher_document: `select * from main.voucher_document where ledger_version in (${vouchers})`,
      document_log: `select * from main.document_log where stamp in (
        select stamp from main.voucher_document where ledger_version in (${vouchers}))`,
      voucher_comment: `select * from main.voucher_comment where ledger_version in (${vouchers})`,
      voucher_correction: `select * from main.voucher_correction where ledger_version in (${vouchers})`,
      vat_term_move: `select * from main.vat_term_move where ledger_version in (${vouchers})`,
      schedule: `select * from main.schedule where source in (select id from main.voucher where fiscal_year in (${list}))`,
      schedule_month: `select * from main.schedule_month where ${within('voucher_date')}`,
      budget: `select * from main.budget where year in (${list})`,
      budget_line: `select * from main.budget_line where budget in (${budgets})`,
      budget_cell: `select * from main.budget_cell where line in (select id from main.budget_line where budget in (${budgets}))`,
      year_closing: `select *, rowid from main.year_closing where year in (${list})`,
      currency_revaluation: `select * from main.currency_revaluation where ${within('revaluation_date')}`,
      opening_balance: `select * from main.opening_balance where ${within('opening_date')}`,
      takeover: `select * from main.takeover where ${within('opening_date')}`,
      takeover_month: `select * from main.takeover_month where ${months('month')}`,
      takeover_control_list: `select * from main.takeover_control_list where exists (
        select 1 from main.takeover where ${within('opening_date')})`,
      old_entry: `select * from main.old_entry where ${within('entry_date')}`,
      old_account: 'select ledger, number, name, 0 as opening, 0 as closing from main.old_account',
      comparison: none('comparison'),
      recurring: none('recurring'),
      recurring_run: none('recurring_run'),
      voucher_draft: none('voucher_draft'),
      voucher_draft_row: none('voucher_draft_row'),
      import_job: none('import_job'),
      import_explanation: none('import_explanation'),
      sheet_import: none('sheet_import'),
      saft_switch: none('saft_switch'),
      saft_switch_file: none('saft_switch_file'),
      report_seal: none('report_seal'),
      request_key: none('request_key'),
    }),
  )
}

/** The tables an auditor sees a part of. */
export const READ_IN_PART: readonly string[] = [...partsFor([], []).keys()]

/** Earlier than any month with entries. */
const BEFORE_ALL = '0001-01'

const monthBefore = (month: string): string => {
  const [year, m] = month.split('-').map(Number) as [number, number]
  return m === 1 ? `${year - 1}-12` : `${year}-${String(m - 1).padStart(2, '0')}`
}

/** The statement over the parts that may be read. @throws Problem 403 audit-access/read-only for one that does more than read. */
function limited(sql: string, parts: Parts): string {
  const text = sql.trim()
  const start = /^(with\s+(recursive\s+)?|select\b|values\b)/i.exec(text)
  if (!start) throw new Problem(403, 'audit-access/read-only')
  const used = [...parts].filter(([table]) => new RegExp(`(?<![.\\w])${table}\\b`).test(text))
  if (used.length === 0) return text
  const ctes = used.map(([table, part]) => `${table} as not materialized (${part})`).join(', ')
  // An index is of the table and not of its part; the planner finds its way.
  const body = text.replace(/\sindexed by \w+/gi, '')
  return /^with/i.test(start[0])
    ? `with ${start[2] ?? ''}${ctes}, ${body.slice(start[0].length)}`
    : `with ${ctes} ${body}`
}
