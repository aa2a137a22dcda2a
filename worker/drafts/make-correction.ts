import { voucherName } from '#i18n/format.ts'
import { dayInOslo } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Acting } from '#worker/http/acting.ts'
import { correctionOf } from '#worker/ledger/correction-draft.ts'
import { readReversible } from '#worker/ledger/read-reversible.ts'
import { readVoucherSurroundings } from '#worker/ledger/read-voucher-surroundings.ts'
import { makeDraft } from './make-draft.ts'

/**
 * Makes the draft that puts a posted voucher right, to be worked on in the grid, and gives its id; undefined where the voucher is
 * reversed already. The one that is begun is found again, by whomever, until it is posted, deleted or emptied.
 * @throws Problem 404 voucher/unknown.
 */
export async function makeCorrection(acting: Acting, of: string): Promise<string | undefined> {
  const voucher = (await readReversible(acting.db, [{ of }])).of.get(of)
  if (!voucher) throw new Problem(404, 'voucher/unknown')
  if (voucher.reversedBy) return undefined
  const { reversalDay } = await readVoucherSurroundings(acting.db, voucher, dayInOslo(acting.at))
  const day = reversalDay ?? voucher.voucherDate
  const reversal = idOf('vch', crypto.getRandomValues(new Uint8Array(17)))
  const beside = { correctsName: voucherName(voucher), reversal, reversalDate: day }
  return makeDraft(acting, correctionOf(voucher, 'vch_', day), `correction of ${of}`, beside)
}
