import { voucherTypes } from '#db/seed/voucher-types.ts'
import { type Books, booksOf } from '#worker/ledger/books.ts'
import { standardVatCodes, standardVatRates } from '#worker/vat/standard-vat-codes.ts'
import { standardAccounts } from './standard-accounts.ts'

/** The facts of a company that has changed nothing: what examples are reckoned by. No years, parties or dimensions. */
export const standardBooks = (): Books =>
  booksOf({
    company: {
      id: 'cmp_standard',
      vatRegistered: true,
      reverseChargeLiable: false,
      vatAmountLimit: 100,
      matchDifferenceLimit: 100,
      cutOverDate: null,
      currency: 'NOK',
    },
    factsVersion: 0,
    accounts: standardAccounts(),
    vatCodes: standardVatCodes,
    vatRates: standardVatRates,
    voucherTypes,
    fiscalYears: [],
    periods: [],
    dimensions: [],
    parties: [],
  })
