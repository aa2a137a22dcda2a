import { standardChart } from '#db/seed/standard-chart.ts'
import { type Account, accountTypeOf } from '#worker/ledger/account.ts'

/** The accounts a company starts with: 1500 and 2400 are its control accounts, natures follow the SAF-T grouping. */
export const standardAccounts = (): Account[] =>
  standardChart.map(([number, nameNb, nameEn, defaultVatCode, groupingCategory, groupingCode]) => ({
    number,
    nameNb,
    nameEn,
    type: accountTypeOf(number, groupingCategory),
    control: number === '1500' ? 'customer' : number === '2400' ? 'supplier' : null,
    defaultVatCode,
    vatCodeRequired: false,
    allowedVatCodes: null,
    groupingCategory,
    groupingCode,
    closedFrom: null,
  }))
