import { NO_RULES, type VoucherType } from '#worker/ledger/voucher-type.ts'

/** The voucher types a company starts with: key, series code, names. Source: features.md 4.6. */
const shipped: readonly (readonly [key: string, series: string, nameNb: string, nameEn: string])[] = [
  ['general', 'HB', 'Hovedbok', 'General journal'],
  ['incoming-invoice', 'IF', 'Inngående faktura', 'Incoming invoice'],
  ['incoming-credit-note', 'IK', 'Inngående kreditnota', 'Incoming credit note'],
  ['outgoing-invoice', 'UF', 'Utgående faktura', 'Outgoing invoice'],
  ['outgoing-credit-note', 'UK', 'Utgående kreditnota', 'Outgoing credit note'],
  ['payment-in', 'BI', 'Innbetaling', 'Payment received'],
  ['payment-out', 'BU', 'Utbetaling', 'Payment made'],
  ['bank', 'BK', 'Bank', 'Bank'],
  ['payroll', 'LO', 'Lønn', 'Payroll'],
  ['vat', 'MV', 'Mva', 'VAT'],
  ['accrual', 'PE', 'Periodisering', 'Accrual'],
  ['depreciation', 'AV', 'Avskrivning', 'Depreciation'],
  ['opening-balance', 'AB', 'Åpningsbalanse', 'Opening balance'],
  ['movement', 'BV', 'Bevegelse', 'Movement'],
  ['year-end', 'AO', 'Årsoppgjør', 'Year-end'],
  ['expense-claim', 'UL', 'Utlegg', 'Expense claim'],
]

/** Those whose open items are ours to pay. */
const PAID = new Set(['incoming-invoice', 'incoming-credit-note', 'expense-claim'])

export const voucherTypes: readonly VoucherType[] = shipped.map(([key, series, nameNb, nameEn]) => ({
  key,
  series,
  nameNb,
  nameEn,
  active: true,
  ...NO_RULES,
  offeredForPayment: PAID.has(key),
}))
