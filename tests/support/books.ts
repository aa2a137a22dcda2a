import { voucherTypes } from '#db/seed/voucher-types.ts'
import { calendarYears, monthsOf } from '#worker/companies/company.ts'
import { standardAccounts } from '#worker/companies/standard-accounts.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { type Books, booksOf, type Facts } from '#worker/ledger/books.ts'
import { standardVatCodes, standardVatRates } from '#worker/vat/standard-vat-codes.ts'

/** Facts of a made-up company with the standard chart, 2025–2027; give fields to change them. */
export function testFacts(over: Partial<Facts> = {}): Facts {
  const years = calendarYears(2025, 2027)
  return {
    company: {
      id: `cmp_${'0'.repeat(26)}` as CompanyId,
      vatRegistered: true,
      reverseChargeLiable: false,
      vatAmountLimit: 100,
      matchDifferenceLimit: 100,
      cutOverDate: null,
      currency: 'NOK',
    },
    factsVersion: 1,
    accounts: standardAccounts(),
    vatCodes: standardVatCodes,
    vatRates: standardVatRates,
    voucherTypes,
    fiscalYears: years,
    periods: years.flatMap((y) => monthsOf(y).map((month) => ({ month, year: y.year, level: 'open' as const }))),
    dimensions: [
      {
        key: 'department',
        nameNb: 'Avdeling',
        nameEn: 'Department',
        values: [
          { code: '10', name: 'Verksted', closedFrom: null },
          { code: '90', name: 'Lager', closedFrom: '2026-01-01' },
        ],
        rules: { '6340': 'required', '1920': 'forbidden' },
      },
      {
        key: 'project',
        nameNb: 'Prosjekt',
        nameEn: 'Project',
        values: [{ code: 'P-7', name: 'Naust', closedFrom: null }],
        rules: {},
      },
    ],
    parties: [
      { kind: 'customer', number: '10001', name: 'Fjordvik Handel AS', controlAccount: '1500', active: true },
      { kind: 'supplier', number: '20017', name: 'Tegnverk Norge AS', controlAccount: '2400', active: true },
    ],
    ...over,
  }
}
export const testBooks = (over: Partial<Facts> = {}): Books => booksOf(testFacts(over))

/**
 * Takes most of a new company's chart away. Whoever begins anew reads all that a voucher is judged by: with the whole chart that is
 * most of what a long run of short histories costs.
 */
export const FEWER_ACCOUNTS = `
  delete from account where number not in ('1500', '1920', '2050', '2400', '2900', '3000', '6800', '7770', '8800')
    and not exists (select 1 from vat_code where number in (output_account, input_account))`
