import type { subledger as nb } from '../nb/subledger.ts'

export const subledger: typeof nb = {
  rules: {
    manual: 'Matched by a person[: {reason}]',
    voucher: 'Matched on the voucher',
    reversal: 'The voucher was reversed[: {reason}]',
    'payment-reference': 'Same payment reference[: {reason}]',
    'invoice-number': 'Same invoice number and amount[: {reason}]',
    amount: 'The only items of one amount',
    total: 'All open items sum to zero',
    'oldest-first': 'Oldest item first',
  },
  left: {
    'no-candidate': 'No item fits',
    'several-candidates': 'Several items fit. Choose one.',
  },
  differenceText: 'Difference when matching',
}
