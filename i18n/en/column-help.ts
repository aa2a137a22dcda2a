import type { columnHelp as nb } from '../nb/column-help.ts'

export const columnHelp: typeof nb = {
  voucher: {
    status: 'How far the voucher has come: not finished, ready, how many errors, or its number once it is posted.',
    voucher:
      'Rows with the same number are one voucher. It only tells them apart; the final number comes with posting.',
    type: 'The voucher type decides the number series. Write the series, such as IF, or the beginning of the name.',
    date: 'The voucher date. Write 3, 0303, 030326 or yesterday. All lines of a voucher have the same date.',
    documentDate: 'The date on the invoice or receipt. It decides the VAT period. Without it the voucher date counts.',
    account: 'An account, or a customer or supplier. Write number or name; -name searches suppliers, +name customers.',
    accountName: 'The name of the account or party. It comes from the register and cannot be written here.',
    vatCode:
      'The VAT code computes the tax of the line’s amount. The account’s usual code is filled in; write another to change it.',
    currency: 'The currency of the invoice, such as EUR. Leave it empty for kroner.',
    currencyAmount: 'The amount in the currency. Kroner follow from the rate.',
    rate: 'The rate in kroner, such as 11.6543, or 103.25/100 per hundred. Empty: the table’s rate on the document date.',
    amount:
      'Debit without a sign, credit with a minus, VAT included. You can reckon in the cell: 1249.50+300, 12*15000. Ctrl Enter takes the rest.',
    debit: 'Amount in debit, VAT included. You can reckon in the cell: 1249.50+300, 12*15000.',
    credit: 'Amount in credit, VAT included. You can reckon in the cell: 1249.50+300, 12*15000.',
    vatAmount: 'The VAT of the line, computed by its code. Write over it when the invoice is rounded otherwise.',
    vatAmountReason: 'Why the VAT differs from the computed by more than the limit. It goes into the audit trail.',
    dimension:
      'Department, project or a dimension of your own. Write number or name. Some accounts require it, some refuse it.',
    text: 'The line’s text. Empty: the text above. Write a template key or split key here to have the lines unfolded.',
    invoiceNumber: 'The customer’s or supplier’s invoice number. Used for matching, and to find what is entered twice.',
    dueDate: 'The due date. It decides when the item is overdue.',
    paymentReference: 'The KID on the invoice. Its check digit is verified.',
    vatMode: 'What the amount is: Gross includes VAT, Net adds it, None computes none. Empty: gross.',
    vatDate: 'The day that decides the VAT period, when it is not the document date. Holds for the whole voucher.',
    vatSpecification: 'What the VAT code asks for besides, for example losses on claims. Choose from the list.',
    quantity: 'Quantity, hours or units. Write for example 2.5. It does not change the amount.',
    matches:
      'Open items of the party that the line settles. Choose from the list; choose one again to take it away. Without an amount what is left is filled in.',
    script:
      'What the line leads to in other months: SPRE, AVSKR, FORDEL or GJENTA. The months are shown before you post.',
  },
  budget: {
    account: 'The account that is budgeted. One that does not exist stays and is marked; it is not counted.',
    accountName: 'The account’s name in the chart.',
    dimension: 'Department, project or a dimension of your own for the line. Empty: the whole company.',
    lastYear: 'Last year’s booked figures on the same account and dimension.',
    spread: 'How a sum for the year is spread: evenly, as last year, or by a seasonal key.',
    total: 'The sum of the year. Write here to spread it over the months; an øre left over goes to the last ones.',
    month: 'The month’s amount. Sums, +5 % and arithmetic can be written. The sum of the year follows.',
    actual: 'Booked so far in the budget’s year.',
    comment: 'What the figure rests on. Seen by everybody who sees the budget.',
  },
  opening: {
    account: 'The account of the old books, with the same number here. 1500:10001 is account and customer.',
    accountName: 'The account’s name here, so you see that it is the right one.',
    party: 'The number of the customer or supplier of an open item.',
    name: 'The party’s name. One that does not exist is made when the balance is booked.',
    invoiceNumber: 'The invoice number of the open item.',
    paymentReference: 'The KID, so that the payment can be matched by itself.',
    invoiceDate: 'The invoice date of the open item.',
    dueDate: 'The due date. It decides the ageing.',
    amount: 'The balance, or what is left of the item. Debit without a sign, credit with a minus.',
    currency: 'The currency of the item, when it is not kroner.',
    currencyAmount: 'What is left in the currency.',
    dimension: 'Department, project or a dimension of your own that the balance belongs to.',
    text: 'A text that follows the item into the ledger.',
  },
  movements: {
    account: 'The account of the old books, with the same number here.',
    accountName: 'The account’s name here, so you see that it is the right one.',
    month: 'What the account moved in the month, not its balance. Debit without a sign, credit with a minus.',
    sum: 'The sum of the months of the row.',
  },
}
