import type { StoredVoucher } from '../api/ledger-api.ts'
import { placeOf } from '../sheet/row-signature.ts'
import type { PostedName, Sent } from '../sheet/sent-voucher.ts'

/**
 * What the ledger has of a voucher, as the workbook remembers it, with the order its lines were sent in: somebody else may
 * have sent the same rows sorted otherwise, and that alone makes no other voucher.
 */
export const asSent = (stored: StoredVoucher): Sent => ({
  id: stored.id as Sent['id'],
  contentHash: stored.contentHash,
  outcome: stored.reversedBy ? 'reversed' : 'posted',
  name: nameOf(stored),
  ...(stored.draft && {
    order: stored.draft.lines
      .filter((line) => !String(line.rowKey).endsWith('c'))
      .map((line) => placeOf(line, String(line.text ?? ''))),
  }),
})

export const nameOf = ({ series, fiscalYear, number, ledgerVersion, recordedAt }: PostedName): PostedName => ({
  series,
  fiscalYear,
  number,
  ledgerVersion,
  recordedAt,
})
