import type { StoredVoucher } from '../api/ledger-api.ts'
import { signatureOf } from '../sheet/row-signature.ts'
import type { PostedName, Sent } from '../sheet/sent-voucher.ts'
import type { SheetVoucher } from '../sheet/sheet-voucher.ts'
import type { ReadRow } from '../sheet/voucher-rows.ts'

/** What the ledger has of a voucher, as the workbook remembers it. */
export const asSent = (stored: StoredVoucher): Sent => ({
  id: stored.id as Sent['id'],
  contentHash: stored.contentHash,
  outcome: stored.reversedBy ? 'reversed' : 'posted',
  name: nameOf(stored),
})

/**
 * The same, with the order in which the sheet's own rows make up what is stored: somebody else may have sent them sorted
 * otherwise, and that alone makes no other voucher.
 */
export function asSentFrom(stored: StoredVoucher, voucher: SheetVoucher): Sent {
  const order = storedOrder(stored, voucher)
  return { ...asSent(stored), ...(order && { order: order.map(signatureOf), likeness: voucher.likeness }) }
}

function storedOrder({ draft }: StoredVoucher, voucher: SheetVoucher): ReadRow[] | undefined {
  const left = voucher.draft.lines.filter((line) => !line.contra)
  const order: ReadRow[] = []
  for (const line of draft?.lines ?? []) {
    if (String(line.rowKey).endsWith('c')) continue
    const same = left.filter((own) => booked(own.fields) === booked(line))
    const best = same.find((own) => own.fields.text === line.text) ?? same[0]
    if (!best) return undefined
    left.splice(left.indexOf(best), 1)
    order.push(best.row)
  }
  return left.length === 0 ? order : undefined
}

/** What a line books, without what it inherits. */
const booked = ({ account, amount, vatCode, invoiceNumber, paymentReference }: Record<string, unknown>): string =>
  JSON.stringify([account, amount, vatCode, invoiceNumber, paymentReference])

export const nameOf = ({ series, fiscalYear, number, ledgerVersion, recordedAt }: PostedName): PostedName => ({
  series,
  fiscalYear,
  number,
  ledgerVersion,
  recordedAt,
})
