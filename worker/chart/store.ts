import type { IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { VoucherType } from '#worker/ledger/books.ts'
import { accountOf, voucherTypeOf } from '#worker/ledger/store.ts'
import type { VatCode, VatRate } from '#worker/vat/vat.ts'
import type { ChartAccount } from './chart-account.ts'

type Row = ResultSet['rows'][number]
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

/** An account with its version and the months it was used in; null when it never was. */
export type KeptAccount = {
  account: ChartAccount
  version: number
  firstMonth: string | null
  lastMonth: string | null
}

// The kept balances have a row for each account and month with entries, so they tell usage without reading any entry.
const ACCOUNT = `select a.*, (select min(month) from balance b where b.account = a.number) as first_month,
  (select max(month) from balance b where b.account = a.number) as last_month from account a`

const keptAccountOf = (r: Row): KeptAccount => ({
  account: { ...accountOf(r), externalNumber: textOrNull(r.external_number) },
  version: Number(r.version),
  firstMonth: textOrNull(r.first_month),
  lastMonth: textOrNull(r.last_month),
})

/** The whole chart, by number. */
export async function readChart(db: Database): Promise<KeptAccount[]> {
  return (await db.execute(`${ACCOUNT} order by a.number`)).rows.map(keptAccountOf)
}

export async function readChartAccount(db: Database, number: string): Promise<KeptAccount | undefined> {
  const { rows } = await db.execute({ sql: `${ACCOUNT} where a.number = ?`, args: [number] })
  return rows[0] && keptAccountOf(rows[0])
}

/** How many times the facts that posting rests on were changed. */
export async function readFactsVersion(db: Database): Promise<number> {
  return Number((await db.execute('select facts_version from company')).rows[0]!.facts_version)
}

/** First in a batch: lets it fail as a whole where a fact has changed since. Outside a trigger only a failing function does that. */
export const ifFactsStand = (version: number): InStatement => ({
  sql: "select case when facts_version <> cast(? as integer) then json('changed') end from company",
  args: [String(version)],
})

const columns = (a: ChartAccount): unknown[] => [
  a.number,
  a.nameNb,
  a.nameEn,
  a.type,
  a.control,
  a.defaultVatCode,
  a.vatCodeRequired ? 1 : 0,
  a.allowedVatCodes && JSON.stringify(a.allowedVatCodes),
  a.groupingCategory,
  a.groupingCode,
  a.externalNumber,
  a.closedFrom,
]

export const insertAccount = (account: ChartAccount): InStatement => ({
  sql: `insert into account (number, name_nb, name_en, type, control, default_vat_code, vat_code_required, allowed_vat_codes,
          grouping_category, grouping_code, external_number, closed_from)
        select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6, ?1->>7, ?1->>8, ?1->>9, ?1->>10, ?1->>11`,
  args: [JSON.stringify(columns(account))],
})

/** Changes the account if it still has that version. */
export const updateAccount = (account: ChartAccount, version: number): InStatement => ({
  sql: `update account set name_nb = ?1->>1, name_en = ?1->>2, default_vat_code = ?1->>5, vat_code_required = ?1->>6,
          allowed_vat_codes = ?1->>7, grouping_category = ?1->>8, grouping_code = ?1->>9, external_number = ?1->>10,
          closed_from = ?1->>11, version = version + 1
        where number = ?1->>0 and version = ?1->>12`,
  args: [JSON.stringify([...columns(account), version])],
})

/** Takes an account away with what its dimensions demand of it; the trigger refuses one with entries. */
export const deleteAccount = (number: string, version: number): InStatement[] => [
  {
    sql: `update voucher_type_rule set proposed_account = nullif(proposed_account, ?1),
            proposed_counter_account = nullif(proposed_counter_account, ?1)
          where ?1 in (proposed_account, proposed_counter_account) and exists (select 1 from account where number = ?1 and version = cast(?2 as integer))`,
    args: [number, String(version)],
  },
  { sql: 'delete from dimension_rule where account = ?', args: [number] },
  { sql: 'delete from account where number = ? and version = cast(? as integer)', args: [number, version] },
]

/** What else rests on an account: VAT codes that post to it, and parties whose control account it is. */
export async function readAccountUse(db: Database, number: string): Promise<{ vatCodes: string[]; parties: number }> {
  const [codes, parties] = await db.batch(
    [
      { sql: 'select code from vat_code where ?1 in (output_account, input_account) order by code', args: [number] },
      { sql: 'select count(*) as n from party where control_account = ?', args: [number] },
    ],
    'read',
  )
  return { vatCodes: codes!.rows.map((r) => String(r.code)), parties: Number(parties!.rows[0]!.n) }
}

export const vatCodeOf = (r: Row): VatCode => ({
  code: String(r.code),
  direction: String(r.direction) as VatCode['direction'],
  rateClass: textOrNull(r.rate_class),
  deductible: r.deductible === 1,
  outputAccount: textOrNull(r.output_account),
  inputAccount: textOrNull(r.input_account),
  validFrom: textOrNull(r.valid_from),
  validTo: textOrNull(r.valid_to),
  specifications: JSON.parse(String(r.specifications)),
  nameNb: String(r.name_nb),
  nameEn: String(r.name_en),
})

/** VAT codes in numeric order, and every dated rate. */
export async function readVatCodes(db: Database): Promise<{ codes: VatCode[]; rates: VatRate[] }> {
  const [codes, rates] = await db.batch(
    [
      'select * from vat_code order by length(code), code',
      'select rate_class, valid_from, rate from vat_rate order by rate_class, valid_from',
    ],
    'read',
  )
  return {
    codes: codes!.rows.map(vatCodeOf),
    rates: rates!.rows.map((r) => ({
      rateClass: String(r.rate_class),
      validFrom: String(r.valid_from) as IsoDate,
      rate: Number(r.rate),
    })),
  }
}

/** A voucher type with its version, and whether any voucher has it. */
export type KeptVoucherType = VoucherType & { version: number; used: boolean }

const VOUCHER_TYPE = `select t.*, r.*, exists (select 1 from number_series s where s.series = t.series) as used
  from voucher_type t left join voucher_type_rule r on r.voucher_type = t.key`
const keptVoucherTypeOf = (r: Row): KeptVoucherType => ({
  ...voucherTypeOf(r),
  version: Number(r.version),
  used: r.used === 1,
})

export async function readVoucherTypes(db: Database): Promise<KeptVoucherType[]> {
  return (await db.execute(`${VOUCHER_TYPE} order by t.series`)).rows.map(keptVoucherTypeOf)
}

export async function readVoucherType(db: Database, key: string): Promise<KeptVoucherType | undefined> {
  const { rows } = await db.execute({ sql: `${VOUCHER_TYPE} where t.key = ?`, args: [key] })
  return rows[0] && keptVoucherTypeOf(rows[0])
}

export const insertVoucherType = (t: VoucherType): InStatement => ({
  sql: 'insert into voucher_type (key, series, name_nb, name_en) values (?, ?, ?, ?)',
  args: [t.key, t.series, t.nameNb, t.nameEn],
})

/** Changes the voucher type if it still has that version. */
export const updateVoucherType = (t: VoucherType, version: number): InStatement => ({
  sql: `update voucher_type set name_nb = ?1->>1, name_en = ?1->>2, active = ?1->>3, version = version + 1
        where key = ?1->>0 and version = ?1->>4`,
  args: [JSON.stringify([t.key, t.nameNb, t.nameEn, t.active ? 1 : 0, version])],
})

/** What is asked of a voucher type, in place of what was; with a version, only if the type has it. */
export const putVoucherTypeRule = (t: VoucherType, version?: number): InStatement => ({
  sql: `insert into voucher_type_rule
          (voucher_type, allowed_roles, required, proposed_account, proposed_counter_account, offered_for_payment)
        select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5
        where ?2 is null or exists (select 1 from voucher_type where key = ?1->>0 and version = cast(?2 as integer))
        on conflict do update set allowed_roles = excluded.allowed_roles, required = excluded.required,
          proposed_account = excluded.proposed_account, proposed_counter_account = excluded.proposed_counter_account,
          offered_for_payment = excluded.offered_for_payment`,
  args: [
    JSON.stringify([
      t.key,
      t.allowedRoles && JSON.stringify(t.allowedRoles),
      JSON.stringify(t.required),
      t.proposedAccount,
      t.proposedCounterAccount,
      t.offeredForPayment ? 1 : 0,
    ]),
    version === undefined ? null : String(version),
  ],
})
