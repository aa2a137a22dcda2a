import type { IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { ExportJournal, VoucherValues } from './export-entries.ts'
import type { ExportCompany } from './export-header.ts'
import type { ExportDimension, ExportParty, ExportTaxCode } from './export-masters.ts'

/** The days and the state of the ledger that a file is drawn from. */
export type Span = { fromDate: IsoDate; toDate: IsoDate; atVersion: number }

/** Not moved but brought in: such a voucher is in the opening balances already (decisions.md 4). */
const NOT_OPENING = `not (v.type = 'opening-balance' and v.voucher_date = :fromDate)`
const rowsOf = <T>(result: ResultSet | undefined): T[] => JSON.parse(String(result?.rows[0]?.rows ?? '[]'))
const argsOf = ({ fromDate, toDate, atVersion }: Span) => ({ fromDate, toDate, version: String(atVersion) })

type TaxCodeRow = [string, string, string | null, string | null, number | null]
type DimensionRow = [key: string, name: string, values: [string, string, string | null][]]
type GroupingRow = [number: string, category: string | null, code: string | null]

/** What the file says beside accounts, parties and entries; and which accounts are control accounts of parties. */
export async function readMasters(db: Database, span: Span) {
  const [company, codes, dimensions, groupings, controls, count] = await db.batch(
    [
      'select name, organisation_number, vat_registered, currency from company',
      {
        sql: `select json_group_array(json(row)) as rows from (
                select json_array(code, name_nb, valid_from, valid_to, (select rate from vat_rate r
                    where r.rate_class = c.rate_class and r.valid_from <= :toDate order by r.valid_from desc limit 1)) as row
                from vat_code c order by cast(code as integer), code)`,
        args: { toDate: span.toDate },
      },
      `select json_group_array(json(row)) as rows from (
         select json_array(key, name_nb, (select json_group_array(json_array(code, name, closed_from))
             from (select * from dimension_value v where v.dimension = d.key order by code))) as row
         from dimension d order by position, key)`,
      'select json_group_array(json_array(number, grouping_category, grouping_code)) as rows from account',
      'select json_group_array(control_account) as rows from (select distinct control_account from party)',
      {
        sql: `select count(*) as vouchers from voucher v
               where v.voucher_date between :fromDate and :toDate and v.ledger_version <= cast(:version as integer) and ${NOT_OPENING}`,
        args: argsOf(span),
      },
    ],
    'read',
  )
  const own = company!.rows[0]!
  return {
    company: {
      name: String(own.name),
      organisationNumber: own.organisation_number === null ? null : String(own.organisation_number),
      vatRegistered: own.vat_registered === 1,
      currency: String(own.currency),
    } satisfies ExportCompany,
    taxCodes: rowsOf<TaxCodeRow>(codes).map(
      ([code, name, validFrom, validTo, rate]): ExportTaxCode => ({ code, name, validFrom, validTo, rate }),
    ),
    dimensions: rowsOf<DimensionRow>(dimensions).map(
      ([key, name, values]): ExportDimension => ({
        key,
        name,
        values: values.map(([code, name, closedFrom]) => ({ code, name, closedFrom })),
      }),
    ),
    groupings: new Map(
      rowsOf<GroupingRow>(groupings).map(([number, category, code]) => [number, { category, code }] as const),
    ),
    controls: new Set(rowsOf<string>(controls)),
    vouchers: Number(count!.rows[0]!.vouchers),
  }
}
export type ExportMasters = Awaited<ReturnType<typeof readMasters>>

type PartyRow = [
  string,
  string,
  string | null,
  string,
  string | null,
  string | null,
  string | null,
  string | null,
  string | null,
  string | null,
  string | null,
  number | null,
  number,
]

/** So many parties of a kind after a number, with what stood on each account before the days and at their end. */
export async function readPartyPage(
  db: Database,
  span: Span,
  kind: PartyKind,
  after: string,
  limit: number,
): Promise<ExportParty[]> {
  const page = `(select number from party where kind = :kind and number > :after order by number limit ${limit})`
  const args = { ...argsOf(span), kind, after, fromMonth: span.fromDate.slice(0, 7), toMonth: span.toDate.slice(0, 7) }
  const named = (sql: string): InStatement => ({
    sql,
    args: Object.fromEntries(Object.entries(args).filter(([name]) => new RegExp(`:${name}\\b`).test(sql))),
  })
  const [parties, sums] = await db.batch(
    [
      named(`select json_group_array(json(row)) as rows from (
        select json_array(number, name, organisation_number, control_account, address, postal_code, city, country, email, phone,
          bank_account, payment_terms_days, active) as row
        from party where kind = :kind and number > :after order by number limit ${limit})`),
      named(`with page as materialized ${page}
        select json_group_array(json_array(party, account, opening, closing)) as rows from (
          select party, account, sum(opening) as opening, sum(closing) as closing from (
            select party, account, case when month < :fromMonth then debit - credit else 0 end as opening, debit - credit as closing
              from party_balance where party_kind = :kind and party in (select number from page) and month <= :toMonth
            union all
            select e.party, e.account, e.amount, 0 from voucher v cross join entry e on e.ledger_version = v.ledger_version
             where v.type = 'opening-balance' and v.voucher_date = :fromDate and v.ledger_version <= cast(:version as integer)
               and e.party_kind = :kind and e.party in (select number from page)
            union all
            select party, account, case when voucher_date < :fromDate then -amount else 0 end, -amount from entry
             where ledger_version > cast(:version as integer) and voucher_date <= :toDate
               and party_kind = :kind and party in (select number from page))
          group by party, account order by party, account)`),
    ],
    'read',
  )
  const balances = new Map<string, { account: string; opening: number; closing: number }[]>()
  for (const [party, account, opening, closing] of rowsOf<[string, string, number, number]>(sums)) {
    const own = balances.get(party)
    if (own) own.push({ account, opening, closing })
    else balances.set(party, [{ account, opening, closing }])
  }
  return rowsOf<PartyRow>(parties).map(
    ([
      number,
      name,
      organisationNumber,
      controlAccount,
      address,
      postalCode,
      city,
      country,
      email,
      phone,
      bank,
      days,
      active,
    ]) => ({
      kind,
      number,
      name,
      organisationNumber,
      controlAccount,
      address,
      postalCode,
      city,
      country,
      email,
      phone,
      bankAccount: bank,
      paymentTermsDays: days,
      active: active === 1,
      balances: balances.get(number) ?? [],
    }),
  )
}

/** The series that have numbers in a fiscal year, with what their vouchers are called. */
export async function readJournals(db: Database, fiscalYear: number): Promise<ExportJournal[]> {
  const { rows } = await db.execute({
    sql: `select n.series, n.fiscal_year, coalesce(t.name_nb, n.series) as name from number_series n
            left join voucher_type t on t.series = n.series
           where n.fiscal_year = cast(? as integer) order by n.series`,
    args: [String(fiscalYear)],
  })
  return rows.map((r) => ({ series: String(r.series), fiscalYear: Number(r.fiscal_year), name: String(r.name) }))
}

/**
 * So many vouchers of a series after a number, in order, each with its entries. What is mostly not there travels together, and
 * a text that says what its voucher says stays behind: carrying rows is most of what an export costs.
 */
export async function readVoucherPage(
  db: Database,
  span: Span,
  { series, fiscalYear }: ExportJournal,
  after: number,
  limit: number,
): Promise<VoucherValues[]> {
  const result = await db.execute({
    sql: `select json_group_array(json(row)) as rows from (
      select json_array(v.ledger_version, v.number, v.type, v.voucher_date, v.document_date, v.vat_date, v.text, v.recorded_at,
          v.by, v.import_job, case when v.reversal_of is null then null else
            (select r.series || '-' || r.fiscal_year || '-' || r.number from voucher r where r.id = v.reversal_of) end,
          (select json_group_array(json_array(e.line, e.account, e.amount, case when e.party_kind = 'customer' then e.party end,
              case when e.party_kind = 'supplier' then e.party end, case when e.text <> v.text then e.text end,
              json(e.dimensions), e.invoice_number, e.due_date, e.payment_reference,
              case when e.vat_code is not null then json_array(e.vat_code, e.vat_rate, e.vat_side, e.vat_specification, e.row_key) end,
              case when e.currency is not null or e.quantity is not null
                then json_array(e.currency, e.currency_amount, e.rate, e.rate_unit, e.quantity) end))
             from entry e where e.ledger_version = v.ledger_version)) as row
        from voucher v where v.series = :series and v.fiscal_year = cast(:year as integer) and v.number > cast(:after as integer)
         and v.voucher_date between :fromDate and :toDate and v.ledger_version <= cast(:version as integer) and ${NOT_OPENING}
       order by v.number limit ${limit})`,
    args: { ...argsOf(span), series, year: String(fiscalYear), after: String(after) },
  })
  return rowsOf<VoucherValues>(result)
}
