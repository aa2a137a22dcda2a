import { sha256 } from '#worker/core/hash.ts'
import type { PostedAnswer } from '#worker/ledger/job.ts'
import { contentOf, type Voucher } from '#worker/ledger/voucher-draft.ts'
import type { StoredVoucher } from '../api/ledger-api.ts'
import { fileMark } from '../sheet/file-mark.ts'
import { placeOf } from '../sheet/row-signature.ts'
import type { PostedName, Sent } from '../sheet/sent-voucher.ts'
import type { Desk } from './desk.ts'

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

/** The content as rows can say it: which voucher one puts right is the ledger's to say, and why one does it the pane's. */
async function sheetHashOf({ contentHash, draft }: StoredVoucher): Promise<string> {
  if (!draft || !('corrects' in draft || 'reason' in draft)) return contentHash
  const { corrects: _, reason: __, ...said } = draft as Record<string, unknown>
  return sha256(contentOf(said as unknown as Voucher))
}

export const nameOf = ({ series, fiscalYear, number, ledgerVersion, recordedAt }: PostedName): PostedName => ({
  series,
  fiscalYear,
  number,
  ledgerVersion,
  recordedAt,
})

/** The file that a voucher was posted from, which is this one when no other request posted it before; else the ledger tells. */
export const homeOf = async ({ file }: Desk, { replayed }: PostedAnswer): Promise<Pick<Sent, 'home'>> => {
  const home = replayed ? undefined : await fileMark(file())
  return home === undefined ? {} : { home }
}
