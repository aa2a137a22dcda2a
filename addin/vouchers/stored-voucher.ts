import { sha256 } from '#worker/core/hash.ts'
import { contentOf, type Voucher } from '#worker/ledger/voucher-draft.ts'
import type { StoredVoucher } from '../api/ledger-api.ts'
import { placeOf } from '../sheet/row-signature.ts'
import type { PostedName, Sent } from '../sheet/sent-voucher.ts'

/**
 * What the ledger has of a voucher, as the workbook remembers it, with the order its lines were sent in: somebody else may
 * have sent the same rows sorted otherwise, and that alone makes no other voucher.
 */
export const asSent = async (stored: StoredVoucher): Promise<Sent> => ({
  id: stored.id as Sent['id'],
  contentHash: await sheetHashOf(stored),
  outcome: stored.reversedBy ? 'reversed' : 'posted',
  name: nameOf(stored),
  day: stored.voucherDate,
  ...(stored.corrects && { corrects: stored.corrects as Sent['id'] }),
  ...(stored.draft && {
    order: stored.draft.lines
      .filter((line) => !String(line.rowKey).endsWith('c'))
      .map((line) => placeOf(line, String(line.text ?? ''))),
  }),
})

/** The content as rows can say it: which voucher one puts right is the ledger's to say, and stands in no row. */
async function sheetHashOf({ contentHash, draft }: StoredVoucher): Promise<string> {
  if (!draft || !('corrects' in draft)) return contentHash
  const { corrects: _, ...said } = draft
  return sha256(contentOf(said as unknown as Voucher))
}

export const nameOf = ({ series, fiscalYear, number, ledgerVersion, recordedAt }: PostedName): PostedName => ({
  series,
  fiscalYear,
  number,
  ledgerVersion,
  recordedAt,
})
