/** Everyday cases of the help: what each is called, and why it is entered so. */
export const everyday = {
  title: 'How to enter it',
  intro:
    'Common cases as whole vouchers, with the entries they give. The figures are examples; the accounts are those of the standard chart.',
  column: { account: 'Account', vat: 'VAT', debit: 'Debit', credit: 'Credit' },
  groups: {
    purchases: 'Purchases',
    sales: 'Sales',
    payments: 'Payments and losses',
    payroll: 'Wages and travel',
    vat: 'VAT',
    finance: 'Bank and finance',
    'year-end': 'Accruals and year-end',
  },
  cases: {
    'purchase-standard-rate': {
      title: 'Purchase with 25 % VAT',
      why: 'Enter the amount of the invoice, VAT included. The code parts it in cost and deduction. Due date and invoice number stand on the supplier’s line.',
    },
    'purchase-two-rates': {
      title: 'Purchase with two VAT rates',
      why: 'A line for each rate. Food has 15 %, the rest 25 %. Food for the canteen is deductible; restaurant service is not.',
    },
    'purchase-travel-low-rate': {
      title: 'Hotel and travel, 12 %',
      why: 'Passenger transport and accommodation bear the low rate. Code 13 deducts it when the journey is for business.',
    },
    'purchase-net-amount': {
      title: 'Amount without VAT',
      why: 'When the line holds the net amount, choose net. VAT is then added, and the supplier gets the sum.',
    },
    'purchase-split-departments': {
      title: 'Cost split between departments',
      why: 'A line for each department. A template key does the split for you, to the last øre.',
    },
    'purchase-insurance-no-vat': {
      title: 'Purchase without VAT',
      why: 'Insurance, bank charges and wages are outside the VAT act. Code 0: the amount is the cost.',
    },
    'entertainment-not-deductible': {
      title: 'Entertainment without deduction',
      why: 'Restaurant service gives no VAT deduction, and the cost no tax deduction. Enter the whole amount with code 0 on 7370, and write who and why in the text.',
    },
    'gift-to-customer': {
      title: 'Gift to a customer',
      why: 'Gifts to customers are deductible neither for VAT nor tax. Small advertising articles are an exception and go to 7420.',
    },
    'passenger-car-no-deduction': {
      title: 'Passenger car: no VAT deduction',
      why: 'VAT on buying and running a passenger car cannot be deducted. A class 2 van goes to 7005 with code 1.',
    },
    'fixed-asset-bought': {
      title: 'Fixed asset bought',
      why: 'Above 30,000 kroner without VAT and a life of three years or more: enter it on an asset account. With AVSKR on the line its depreciation is planned at once.',
    },
    'services-from-abroad': {
      title: 'Service bought from abroad',
      why: 'Reverse charge: code 86 computes 25 % of the amount, both to pay and to deduct. The supplier gets only what the invoice says.',
    },
    'services-from-abroad-not-deductible': {
      title: 'Service from abroad, not deductible',
      why: 'Code 87 when the purchase gives no right of deduction, here entertainment. The VAT becomes part of the cost.',
    },
    'goods-from-abroad': {
      title: 'Goods bought from abroad',
      why: 'The invoice is entered without VAT, with code 21. When the customs declaration comes, its base is entered with code 81 and taken out again on the same account: only the VAT remains, on both sides.',
    },
    'purchase-in-euro': {
      title: 'Invoice in foreign currency',
      why: 'Enter the amount in euro and in kroner and the rate is computed, or euro and rate. The item stands open in both.',
    },
    'supplier-credit-note': {
      title: 'Credit note from a supplier',
      why: 'The same lines with the opposite sign and the invoice’s number. The rest of the invoice stands open.',
    },
    'expense-claim': {
      title: 'Expense claim',
      why: 'The claim is owed to the employee until it is paid. Tolls bear no VAT, parking 25 %.',
    },
    'sale-standard-rate': {
      title: 'Sale with 25 % VAT',
      why: 'The customer owes the amount with VAT; the code parts the sale in income and output VAT.',
    },
    'sale-food': {
      title: 'Sale of food, 15 %',
      why: 'Food taken away bears the middle rate, code 31. Restaurant service bears 25 %.',
    },
    'sale-low-rate': {
      title: 'Accommodation, 12 %',
      why: 'Letting of cabins and hotel rooms bears the low rate, code 33.',
    },
    'sale-zero-rated': {
      title: 'Zero-rated sale in Norway',
      why: 'Books and newspapers are zero-rated with right of deduction. Code 5, and the base belongs in the VAT return.',
    },
    'rent-outside-vat': {
      title: 'Rent outside the VAT act',
      why: 'Letting of property is exempt unless voluntarily registered. Code 6.',
    },
    export: {
      title: 'Export',
      why: 'Goods leaving the country are zero-rated when the export can be documented. Code 52.',
    },
    'customer-credit-note': {
      title: 'Credit note to a customer',
      why: 'The opposite sign and the invoice’s number: sale, VAT and claim are taken out.',
    },
    'card-sales': {
      title: 'Day close with cards and cash',
      why: 'The sale is entered the same day. Cards wait on 1949 until the bank settles, its fee withheld.',
    },
    'own-use-of-goods': {
      title: 'Goods taken for private use',
      why: 'Goods taken out of the business are a sale to oneself: market value with VAT, marked as withdrawal in the VAT return.',
    },
    'prepayment-from-customer': {
      title: 'Prepayment from a customer',
      why: 'The prepayment is a liability until delivery. The invoice deducts it from what is owed; VAT is on the whole sale.',
    },
    'asset-sold': {
      title: 'Fixed asset sold',
      why: 'The sale bears VAT. Book value is taken out against loss, or 3880 when there is a gain.',
    },
    'customer-pays': {
      title: 'Customer pays',
      why: 'Invoice number or payment reference on the line, and the payment is matched with its invoice by itself.',
    },
    'supplier-paid': {
      title: 'Supplier paid',
      why: 'The debt goes out against the bank. The invoice number matches the item.',
    },
    'paid-with-rounding': {
      title: 'Payment with a rounding difference',
      why: 'Small differences go to 7740 in the same voucher, so that the item is settled.',
    },
    'currency-payment-with-loss': {
      title: 'Currency payment with a loss',
      why: 'The rate rose between invoice and payment. The debt goes out at the rate it was booked at; the difference is a loss on 8160. A fall is a gain on 8060.',
    },
    'paid-with-reminder-fee': {
      title: 'Reminder fee and late interest',
      why: 'The fee is income outside VAT on 3950, the interest on 8055.',
    },
    'bad-debt': {
      title: 'Bad debt',
      why: 'When the claim is finally lost, its VAT is taken back: the amount with VAT on 7830 with code 1 and the specification loss on claims.',
    },
    wages: {
      title: 'Wages',
      why: 'Gross pay, tax withheld and net to pay. Employer’s tax and holiday pay (12 %) with its tax are accrued at once. Taxes are paid every second month.',
    },
    'sick-pay-refund': {
      title: 'Sick pay refunded',
      why: 'What NAV refunds reduces payroll cost on 5800.',
    },
    'travel-allowance': {
      title: 'Mileage and per diem',
      why: 'At the state’s rates and with a travel claim. No VAT.',
    },
    'vat-settlement': {
      title: 'VAT settlement',
      why: 'The term’s VAT moves from its accounts to 2740 in whole kroner; the øre are rounding. “Post settlement” on the VAT page makes the voucher.',
    },
    'vat-paid': {
      title: 'VAT paid',
      why: 'The payment takes the debt out of 2740.',
    },
    'vat-rounded-by-supplier': {
      title: 'The supplier’s VAT amount',
      why: 'When VAT on the invoice differs by some øre, type the amount that stands there. Beyond the limit a reason is needed.',
    },
    'bank-fee': {
      title: 'Bank charge',
      why: 'Charges bear no VAT.',
    },
    'loan-instalment': {
      title: 'Loan instalment',
      why: 'The instalment reduces the loan, the interest is a cost.',
    },
    'interest-earned': {
      title: 'Interest earned',
      why: 'Interest on the bank account is financial income.',
    },
    'owner-lends-money': {
      title: 'Loan from a shareholder',
      why: 'The money is owed to the shareholder, it is no income. Loans the other way need security by law.',
    },
    'between-own-accounts': {
      title: 'Between own bank accounts',
      why: 'From one account to the other, without any result.',
    },
    'prepaid-rent': {
      title: 'Prepaid rent',
      why: 'The invoice goes to 1700, and each month takes its part. SPRE on the line makes all three at once.',
    },
    'accrued-insurance': {
      title: 'Accrued insurance',
      why: 'The cost is spread over the months it is for. What does not divide falls in the last month.',
    },
    'accrued-cost': {
      title: 'Accrued cost',
      why: 'The invoice comes next year: the cost is entered this year against 2960, without VAT, and turned when the invoice comes.',
    },
    depreciation: {
      title: 'Depreciation',
      why: 'Straight line over its life, from the month the asset was bought.',
    },
    'inventory-change': {
      title: 'Change in inventory',
      why: 'Counted at year-end: an increase adds to the stock and reduces cost of goods.',
    },
    'bad-debt-provision': {
      title: 'Provision for bad debt',
      why: 'Doubtful claims are judged at year-end. The provision does not touch VAT.',
    },
    'tax-for-the-year': {
      title: 'Tax for the year',
      why: 'Computed tax on the year’s result is a liability until next year.',
    },
    'result-to-equity': {
      title: 'Result to equity',
      why: 'The year’s profit goes to equity and dividend. The dividend is a liability once the general meeting has decided it.',
    },
  } as Record<string, { title: string; why: string }>,
}
