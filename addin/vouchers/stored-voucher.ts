import type { StoredVoucher } from '../api/ledger-api.ts'
import type { PostedName, Sent } from '../sheet/sent-voucher.ts'

/** What the ledger has of a voucher, as the workbook remembers it. */
export const asSent = (stored: StoredVoucher): Sent => ({
  id: stored.id as Sent['id'],
  contentHash: stored.contentHash,
  outcome: stored.reversedBy ? 'reversed' : 'posted',
  name: nameOf(stored),
})

export const nameOf = ({ series, fiscalYear, number, ledgerVersion, recordedAt }: PostedName): PostedName => ({
  series,
  fiscalYear,
  number,
  ledgerVersion,
  recordedAt,
})
