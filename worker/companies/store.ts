import { standardDimensions } from '#db/seed/dimensions.ts'
import { voucherTypes } from '#db/seed/voucher-types.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { places, rowsOf } from '#worker/database/json-rows.ts'
import type { Account } from '#worker/ledger/account.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { standardVatCodes, standardVatRates } from '#worker/vat/standard-vat-codes.ts'
import { monthsOf } from './company.ts'

export type CompanyRecord = {
  id: string
  name: string
  organisationNumber: string | null
  vatRegistered: boolean
  createdAt: string
}

const json = (rows: readonly unknown[]): [string] => [JSON.stringify(rows)]

/** The row that says whose books these are. */
export const insertCompany = (c: CompanyRecord): InStatement => ({
  sql: `insert into company (id, name, organisation_number, vat_registered, created_at)
        ${rowsOf()} select ${places(0, 5)} from row`,
  args: json([[c.id, c.name, c.organisationNumber, c.vatRegistered ? 1 : 0, c.createdAt]]),
})

/** Accounts, each once; those that exist already are left as they are. */
export const insertAccounts = (accounts: readonly (Account & { externalNumber?: string | null })[]): InStatement => ({
  sql: `insert into account (number, name_nb, name_en, type, control, default_vat_code, vat_code_required, allowed_vat_codes,
          grouping_category, grouping_code, external_number)
        ${rowsOf()} select ${places(0, 11)} from row where true on conflict do nothing`,
  args: json(
    accounts.map((a) => [
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
      a.externalNumber ?? null,
    ]),
  ),
})

/** VAT codes with their dated rates, voucher types, and the dimensions department and project. */
export function insertStandards(): InStatement[] {
  return [
    {
      sql: `insert into vat_code (code, direction, rate_class, deductible, output_account, input_account, valid_from, valid_to,
              specifications, name_nb, name_en)
            ${rowsOf()} select ${places(0, 11)} from row`,
      args: json(
        standardVatCodes.map((v) => [
          v.code,
          v.direction,
          v.rateClass,
          v.deductible ? 1 : 0,
          v.outputAccount,
          v.inputAccount,
          v.validFrom,
          v.validTo,
          JSON.stringify(v.specifications),
          v.nameNb,
          v.nameEn,
        ]),
      ),
    },
    {
      sql: 'insert into vat_rate (rate_class, valid_from, rate) select value->>0, value->>1, value->>2 from json_each(?)',
      args: json(standardVatRates.map((r) => [r.rateClass, r.validFrom, r.rate])),
    },
    {
      sql: 'insert into voucher_type (key, series, name_nb, name_en) select value->>0, value->>1, value->>2, value->>3 from json_each(?)',
      args: json(voucherTypes.map((t) => [t.key, t.series, t.nameNb, t.nameEn])),
    },
    {
      sql: 'insert into voucher_type_rule (voucher_type, offered_for_payment) select value, 1 from json_each(?)',
      args: json(voucherTypes.filter((t) => t.offeredForPayment).map((t) => t.key)),
    },
    {
      sql: 'insert into dimension (key, name_nb, name_en, position) select value->>0, value->>1, value->>2, value->>3 from json_each(?)',
      args: json(standardDimensions),
    },
  ]
}

/** Fiscal years with their months as open periods. */
export function insertFiscalYears(years: readonly FiscalYear[]): InStatement[] {
  return [
    {
      sql: 'insert into fiscal_year (year, first_date, last_date) select value->>0, value->>1, value->>2 from json_each(?)',
      args: json(years.map((y) => [y.year, y.firstDate, y.lastDate])),
    },
    {
      sql: 'insert into period (month, year) select value->>0, value->>1 from json_each(?) where true on conflict do nothing',
      args: json(years.flatMap((y) => monthsOf(y).map((m) => [m, y.year]))),
    },
  ]
}

/** The company in the control database; `importing` until it may be opened. */
export const insertControlCompany = (
  c: CompanyRecord & { database: string; test: boolean; status: 'active' | 'importing'; office: string | null },
  colours: readonly string[],
): InStatement => ({
  sql: `insert into company (id, name, organisation_number, database, colour, test, status, created_at, office)
        select value->>0, value->>1, value->>2, value->>3,
          ?->>((select count(*) from company) % json_array_length(?)), value->>4, value->>5, value->>6, value->>7 from json_each(?)`,
  args: [
    JSON.stringify(colours),
    JSON.stringify(colours),
    ...json([[c.id, c.name, c.organisationNumber, c.database, c.test ? 1 : 0, c.status, c.createdAt, c.office]]),
  ],
})

export const insertMembership = (user: string, company: string, role: string, at: string): InStatement => ({
  sql: 'insert into membership (user, company, role, created_at) values (?, ?, ?, ?)',
  args: [user, company, role, at],
})

/** Who opens a client for their office is responsible for it. */
export const insertResponsible = (user: string, company: string, at: string): InStatement => ({
  sql: `insert into client_assignment (company, user, duty, role, by, created_at) values (?, ?, 'responsible', 'administrator', ?, ?)`,
  args: [company, user, user, at],
})

export const withStatus = (company: string, status: 'active' | 'failed'): InStatement => ({
  sql: 'update company set status = ? where id = ?',
  args: [status, company],
})

export async function setStatus(control: Database, company: string, status: 'active' | 'failed'): Promise<void> {
  await control.execute(withStatus(company, status))
}

type NewParty = {
  kind: string
  number: string
  name: string
  organisationNumber: string | null
  address: string
  postalCode: string
  city: string
  country: string
  email: string | null
  bankAccount: string | null
  paymentTermsDays: number
}

/** Customers and suppliers of a company that is being opened, on the standard chart's control accounts. */
export const insertFirstParties = (parties: readonly NewParty[], at: string): InStatement => ({
  sql: `insert into party (kind, number, name, organisation_number, control_account, address, postal_code, city, country,
          email, bank_account, payment_terms_days, created_at)
        ${rowsOf()} select ${places(0, 13)} from row`,
  args: json(
    parties.map((p) => [
      p.kind,
      p.number,
      p.name,
      p.organisationNumber,
      p.kind === 'customer' ? '1500' : '2400',
      p.address,
      p.postalCode,
      p.city,
      p.country,
      p.email,
      p.bankAccount,
      p.paymentTermsDays,
      at,
    ]),
  ),
})

/** Values of dimensions, as [dimension, code, name]. */
export const insertFirstDimensionValues = (values: readonly (readonly [string, string, string])[]): InStatement => ({
  sql: 'insert into dimension_value (dimension, code, name) select value->>0, value->>1, value->>2 from json_each(?)',
  args: json(values),
})

/** How many companies the installation has, whatever their state. */
export async function countCompanies(control: Database): Promise<number> {
  return Number((await control.execute('select count(*) as n from company')).rows[0]!.n)
}
