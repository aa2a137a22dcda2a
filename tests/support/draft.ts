import { randomUUID } from 'node:crypto'

const thisYear = new Date().getFullYear()

/** A new voucher id. */
export const voucherId = (): string => `vch_${randomUUID().replaceAll('-', '').slice(0, 26)}`

/** A balanced draft without VAT; give fields to change it. */
export const simpleDraft = (over: Record<string, unknown> = {}) => ({
  id: voucherId(),
  type: 'general',
  voucherDate: `${thisYear}-01-15`,
  text: 'Prøve',
  lines: [
    { rowKey: 'a', account: '1920', amount: 10_000 },
    { rowKey: 'b', account: '2900', amount: -10_000 },
  ],
  ...over,
})
