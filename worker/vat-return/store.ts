import type { IsoDate } from '#worker/core/dates.ts'
import { bp, ore } from '#worker/core/money.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import { looksBack, statement, versionOf } from '#worker/reports/question-store.ts'
import type { Known } from '#worker/reports/report-query.ts'
import type { VatTerm, VatTermKind } from '#worker/vat/vat-term.ts'
import type { BookedVat, VatAccountRow, VatLine } from './vat-specification.ts'

const known = (asked: Known) => ({
  atVersion: asked.atVersion === undefined ? null : String(asked.atVersion),
  knownAt: asked.asKnownAt ?? null,
})

/** Ledger version and chain head that the figures are drawn from, and how often the company reports VAT. */
export const vatHead = (asked: Known): InStatement =>
  statement(
    `with ${versionOf(looksBack(asked))} select newest, version,
       (select hash from voucher where ledger_version = version) as chain_head,
       (select vat_term from company) as vat_term, (select vat_registered from company) as vat_registered from view`,
    known(asked),
  )

export const readTermKind = async (db: Database): Promise<VatTermKind> =>
  (await db.execute('select vat_term from company')).rows[0]!.vat_term as VatTermKind

/** Vouchers whose VAT is of the term: by their document, unless that term was filed when they came (`vat_term_move`). */
const OF_DAYS = `(
    select ledger_version, 0 as moved from voucher indexed by voucher_documented
     where document_date between :from and :to and ledger_version not in (select ledger_version from vat_term_move)
    union all select ledger_version, 1 from vat_term_move where term_day between :from and :to)`
/** Their entries inside the VAT report. */
const OF_TERM = `${OF_DAYS} d cross join voucher v on v.ledger_version = d.ledger_version
  cross join entry e on e.ledger_version = v.ledger_version
  where v.ledger_version <= (select version from view) and e.vat_code is not null and e.vat_rate is not null`

/** What was booked in a term by code, rate and specification. */
export const bookedVat = (term: VatTerm, asked: Known): InStatement =>
  statement(
    `with ${versionOf(looksBack(asked))} select e.vat_code, e.vat_rate, e.vat_specification,
       sum(case when e.origin = 'line' then e.amount else 0 end) as base,
       sum(case when e.vat_side = 'output' then e.amount else 0 end) as output,
       sum(case when e.vat_side = 'input' then e.amount else 0 end) as input,
       sum(case when e.vat_side = 'cost' then e.amount else 0 end) as cost,
       sum(e.origin = 'line' and e.vat_overridden) as overridden, count(distinct iif(d.moved, v.ledger_version, null)) as moved
     from ${OF_TERM} group by e.vat_code, e.vat_rate, e.vat_specification order by e.vat_rate desc, e.vat_specification`,
    { ...known(asked), from: term.fromDate, to: term.toDate },
  )

export const bookedVatOf = ({ rows }: ResultSet): BookedVat[] =>
  rows.map((r) => ({
    vatCode: String(r.vat_code),
    vatRate: bp(Number(r.vat_rate)),
    specification: r.vat_specification === null ? null : String(r.vat_specification),
    base: ore(Number(r.base)),
    output: ore(Number(r.output)),
    input: ore(Number(r.input)),
    cost: ore(Number(r.cost)),
    overridden: Number(r.overridden),
    moved: Number(r.moved),
  }))

/** Whether an entry `e` of voucher `v` is a VAT entry inside the report, whichever term it is of. */
const IS_VAT = `e.origin = 'vat' and e.vat_rate is not null`
const IN_TERM = `coalesce((select term_day from vat_term_move m where m.ledger_version = v.ledger_version), v.document_date)
  between :from and :to`
const IN_DAYS = 'e.voucher_date between :from and :to'
/** Entries on the VAT accounts that stand on one side only: booked in the days, or of the term by their document. */
const ON_ACCOUNTS = `(
    select e.account, e.amount, ${IS_VAT} and ${IN_TERM} as specified, v.type <> 'opening-balance' as booked, ${IS_VAT} as vat,
        v.type = 'vat' as settlement
      from vat_account a cross join entry e indexed by entry_account on e.account = a.number
      join voucher v on v.ledger_version = e.ledger_version
     where ${IN_DAYS} and v.ledger_version <= (select version from view)
    union all
    select e.account, e.amount, 1, 0, 1, 0 from ${OF_TERM} and not (${IN_DAYS}) and e.origin = 'vat'
      and e.account in (select number from vat_account))`
const VAT_ACCOUNTS = `vat_account as materialized (
    select output_account as number from vat_code where output_account is not null
    union select input_account from vat_code where input_account is not null)`

/** Each VAT account beside the specification of some days, and what parts the two. */
export const vatAccounts = (term: Pick<VatTerm, 'fromDate' | 'toDate'>, asked: Known): InStatement =>
  statement(
    `with ${versionOf(looksBack(asked))}, ${VAT_ACCOUNTS} select a.number, a.name_nb, a.name_en,
       sum(case when specified then amount else 0 end) as specified,
       sum(case when booked then amount else 0 end) as booked,
       sum(case when specified and not booked then amount else 0 end) as later,
       sum(case when booked and vat and not specified then amount else 0 end) as earlier,
       sum(case when booked and not vat and not settlement then amount else 0 end) as other,
       sum(case when booked and not vat and settlement then amount else 0 end) as settled
     from ${ON_ACCOUNTS} x join account a on a.number = x.account group by a.number order by a.number`,
    { ...known(asked), from: term.fromDate, to: term.toDate },
  )

export const vatAccountsOf = ({ rows }: ResultSet): VatAccountRow[] =>
  rows.map((r) => ({
    account: String(r.number),
    nameNb: String(r.name_nb),
    nameEn: String(r.name_en),
    specified: ore(Number(r.specified)),
    booked: ore(Number(r.booked)),
    later: ore(Number(r.later)),
    earlier: ore(Number(r.earlier)),
    other: ore(Number(r.other)),
    settled: ore(Number(r.settled)),
  }))

/** Which entries of a term to list: those of one line of the return, or those that part a VAT account from it. */
export type VatSelection =
  | {
      of: 'line'
      /** Which side of a code that has two; undefined: both. */
      kind: VatLine['kind'] | undefined
      vatCode: string
      rate: number | undefined
      specification: string | undefined
    }
  | { of: 'later' | 'earlier' | 'other' | 'settled'; account: string | undefined }

/** A line of a voucher as the specification counts it, in øre as booked: its base and its VAT. */
export type VatEntry = {
  voucherId: string
  series: string
  fiscalYear: number
  number: number
  voucherDate: IsoDate
  documentDate: IsoDate
  account: string
  text: string
  vatCode: string | null
  base: number
  vat: number
  overridden: boolean
  reason: string | null
}
export const VAT_ENTRIES = 1_000

const WITHOUT_CODE = `vat_account a cross join entry e indexed by entry_account on e.account = a.number
    join voucher v on v.ledger_version = e.ledger_version
    where ${IN_DAYS} and v.ledger_version <= (select version from view) and not (${IS_VAT})`
const difference = {
  later: `${OF_TERM} and not (${IN_DAYS}) and e.origin = 'vat' and e.account in (select number from vat_account)`,
  earlier: `vat_account a cross join entry e indexed by entry_account on e.account = a.number
    join voucher v on v.ledger_version = e.ledger_version
    where ${IN_DAYS} and v.ledger_version <= (select version from view) and v.type <> 'opening-balance'
      and ${IS_VAT} and not (${IN_TERM})`,
  other: `${WITHOUT_CODE} and v.type not in ('opening-balance', 'vat')`,
  settled: `${WITHOUT_CODE} and v.type = 'vat'`,
}

/** The lines of vouchers behind a figure of the specification, in order of posting; at most `VAT_ENTRIES`. */
export function vatEntries(term: VatTerm, asked: Known, selection: VatSelection): InStatement {
  const chosen =
    selection.of === 'line'
      ? `${OF_TERM} and e.vat_code = :code and (:rate is null or e.vat_rate = cast(:rate as integer))
         and (:specification is null or coalesce(e.vat_specification, '') = :specification)`
      : `${difference[selection.of]} and (:account is null or e.account = :account)`
  return statement(
    `with ${versionOf(looksBack(asked))}, ${VAT_ACCOUNTS}
     select v.id, v.series, v.fiscal_year, v.number, v.voucher_date, v.document_date, e.account, e.text, e.vat_code,
       sum(case when e.origin = 'line' and :side is not 'input' then e.amount else 0 end) as base,
       sum(case when e.origin = 'vat' and e.vat_side <> 'cost' and e.vat_side = coalesce(:side, e.vat_side)
         then e.amount else 0 end) as vat,
       max(e.vat_overridden) as overridden, max(e.vat_amount_reason) as reason, min(e.line) as line
     from ${chosen}
     group by v.ledger_version, e.row_key${selection.of === 'line' ? '' : ', e.line'}
     order by v.ledger_version, line limit ${VAT_ENTRIES}`,
    {
      ...known(asked),
      from: term.fromDate,
      to: term.toDate,
      side: sideOf(selection),
      ...(selection.of === 'line'
        ? {
            code: selection.vatCode,
            rate: selection.rate === undefined ? null : String(selection.rate),
            specification: selection.specification ?? null,
          }
        : { account: selection.account ?? null }),
    },
  )
}

const sideOf = (selection: VatSelection): 'output' | 'input' | null => {
  if (selection.of !== 'line' || selection.kind === undefined) return null
  return selection.kind === 'due' ? 'output' : 'input'
}

export const vatEntriesOf = ({ rows }: ResultSet): VatEntry[] =>
  rows.map((r) => ({
    voucherId: String(r.id),
    series: String(r.series),
    fiscalYear: Number(r.fiscal_year),
    number: Number(r.number),
    voucherDate: String(r.voucher_date) as IsoDate,
    documentDate: String(r.document_date) as IsoDate,
    account: String(r.account),
    text: String(r.text),
    vatCode: r.vat_code === null ? null : String(r.vat_code),
    base: Number(r.base),
    vat: Number(r.vat),
    overridden: r.overridden === 1,
    reason: r.reason === null ? null : String(r.reason),
  }))

/** Which of the ids are those of posted vouchers. */
export async function readTaken(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.execute({
    sql: 'select id from voucher where id in (select value from json_each(?))',
    args: [JSON.stringify(ids)],
  })
  return new Set(rows.map((r) => String(r.id)))
}
