/** Open items, matches and statements. */
export const subledger = {
  /** Why items were matched. */
  rules: {
    manual: 'Utlignet av en person[: {reason}]',
    voucher: 'Utlignet på bilaget',
    reversal: 'Bilaget ble tilbakeført[: {reason}]',
    'payment-reference': 'Samme KID[: {reason}]',
    'invoice-number': 'Samme fakturanummer og beløp[: {reason}]',
    amount: 'Eneste poster med samme beløp',
    total: 'Alle åpne poster går opp i null',
    'oldest-first': 'Eldste post først',
  },
  left: {
    'no-candidate': 'Ingen post passer',
    'several-candidates': 'Flere poster passer. Velg selv.',
  },
  differenceText: 'Differanse ved utligning',
}
