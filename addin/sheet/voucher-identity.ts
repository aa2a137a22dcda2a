import { idFromHash, type VoucherId } from '#worker/core/ids.ts'
import { contentOf, type VoucherDraft, withDefaults } from '#worker/ledger/voucher-draft.ts'
import { hashed } from './row-signature.ts'
import { draftWithId, type SheetDraft } from './voucher-draft.ts'

/** SHA-256 of the draft's content under its id; the same as the ledger's own `contentHash`. */
export const contentHashOf = (draft: SheetDraft, id: string): Promise<string> => hashed(contentText(draft, id))

const contentText = (draft: SheetDraft, id: string): string =>
  contentOf(withDefaults(draftWithId(draft, id) as unknown as VoucherDraft))

/** An id for rows that are to be a new voucher though they were one before: the same for all who ask at once. */
export const anotherId = async (
  workbook: string,
  before: string,
  contentHash: string,
  nth: number,
): Promise<VoucherId> => idFromHash('vch', await hashed(JSON.stringify([workbook, before, contentHash, 'again', nth])))

/**
 * The id of a voucher that has none yet. It follows from workbook, company and content, so that two people who post the same
 * rows at once, or one whose hidden columns were lost, send the same id and the ledger books it once. `nth` tells twins apart.
 */
export const derivedId = async (workbook: string, company: string, likeness: string, nth: number): Promise<VoucherId> =>
  idFromHash('vch', await hashed(JSON.stringify([workbook, company, likeness, nth])))
