import type { IsoDate } from '#worker/core/dates.ts'
import { lockLevelOn } from '#worker/ledger/books.ts'
import type { StoredVoucher } from '../api/ledger-api.ts'
import { findRows } from '../excel/find-rows.ts'
import { fileMark } from '../sheet/file-mark.ts'
import type { Sent } from '../sheet/sent-voucher.ts'
import { type Desk, inTurn, refreshBooks } from './desk.ts'
import { asSent } from './stored-voucher.ts'
import { annul } from './undo-vouchers.ts'
import { type Judged, missingIn, readSheet, remember } from './voucher-desk.ts'

/** A posted voucher that no row of the workbook is any longer; `amount` in øre, the sum of its debit. */
export type GoneVoucher = { id: string; series: string; fiscalYear: number; number: number } & {
  voucherDate: string
  text: string
  amount: number
}
/** How many are told of, and asked about, at a time. */
const AT_A_TIME = 6
/** `count`: all of them, of which the first are told in full. */
export type Gone = { count: number; first: readonly GoneVoucher[]; needsReason: boolean }

/**
 * Vouchers that were posted from this file, stand in the ledger, and are on no row of the workbook: neither of its voucher sheets nor
 * of any other sheet that rows were moved to, with what is hidden in them. A list or a journal that names them is no row of theirs.
 */
export async function goneVouchers(desk: Desk, judged: Judged | undefined): Promise<Gone> {
  const gone = await goneOf(desk, judged)
  const standing: StoredVoucher[] = []
  const reversed: Sent[] = []
  let asked = 0
  for (; asked < gone.length && standing.length < AT_A_TIME; asked += AT_A_TIME) {
    const some = gone.slice(asked, asked + AT_A_TIME)
    for (const voucher of await Promise.all(some.map(({ id }) => desk.api.voucher(desk.binding.company, id))))
      if (voucher?.reversedBy) reversed.push(await asSent(voucher))
      else if (voucher) standing.push(voucher)
  }
  if (reversed.length > 0) await remember(desk, reversed) // and not asked about again
  const first = standing.slice(0, AT_A_TIME).map((voucher): GoneVoucher => {
    const { id, series, fiscalYear, number, voucherDate, text, entries } = voucher
    const amount = entries.reduce((sum, entry) => sum + Math.max(0, entry.amount), 0)
    return { id, series, fiscalYear, number, voucherDate, text, amount }
  })
  const isLocked = ({ voucherDate }: GoneVoucher) => lockLevelOn(voucherDate as IsoDate, desk.books) === 'soft'
  return {
    count: Math.max(0, gone.length - asked) + standing.length,
    first,
    needsReason: desk.rights.softLock && first.some(isLocked),
  }
}

/** Without a voucher sheet none stands in one. */
async function goneOf(desk: Desk, judged: Judged | undefined): Promise<Sent[]> {
  const missing = (await missingIn(desk, judged)).map((id) => desk.record.memory.get(id)!)
  if (missing.length === 0) return []
  const marks = new Map<string, unknown[]>(
    missing.map(({ id, contentHash, was }) => [id, [contentHash, ...(was ?? [])]]),
  )
  const found = await desk.run((context) => findRows(context, marks))
  const gone = await withHomes(
    desk,
    missing.filter(({ id }) => !found.has(id)),
  )
  const here = await fileMark(desk.file())
  return gone.filter(({ home }) => home === here)
}

/**
 * The same, each with the file it was posted from. Where no answer told it, or another request had posted it before, the ledger does,
 * once: the file may have been copied in between, and posted from there. What it cannot tell is asked for again.
 */
async function withHomes(desk: Desk, gone: readonly Sent[]): Promise<Sent[]> {
  const unknown = gone.filter(({ home }) => home === undefined)
  if (unknown.length === 0) return [...gone]
  const told: Sent[] = []
  for (let from = 0; from < unknown.length; from += AT_A_TIME) {
    const asked = unknown.slice(from, from + AT_A_TIME).map(async (sent): Promise<Sent[]> => {
      const home = (await desk.api.voucher(desk.binding.company, sent.id, '?postedFrom=true'))?.postedFrom
      return home === undefined ? [] : [{ ...sent, home: home ?? '' }]
    })
    told.push(...(await Promise.all(asked)).flat())
  }
  if (told.length > 0) await remember(desk, told)
  return gone.map(({ id }) => desk.record.memory.get(id)!)
}

/**
 * Annuls a voucher whose rows were deleted, unless it stands in the workbook after all. Nobody else works from the workbook meanwhile,
 * so that its rows are on no way from one sheet to another. Whether it was annulled; undefined when one did not wait for the turn.
 * @throws Refused with the ledger's reason.
 */
export const annulGone = (desk: Desk, id: string): Promise<boolean | undefined> =>
  inTurn(desk, () =>
    desk.lease.hold(async () => {
      await refreshBooks(desk)
      const judged = await readSheet(desk, true)
      const isGone = (await goneOf(desk, judged)).some((sent) => sent.id === id)
      if (isGone) await annul(desk, new Set([id]))
      return isGone
    }),
  )

/** The vouchers are to stand in the ledger though their rows are gone, and are not told of again. All there are, without ids. */
export const letStand = (desk: Desk, ids?: ReadonlySet<string>): Promise<void> =>
  inTurn(desk, async () => {
    const judged = await readSheet(desk, true)
    const gone = await goneOf(desk, judged)
    const news = gone.flatMap((sent) => (!ids || ids.has(sent.id) ? [{ ...sent, stays: true as const }] : []))
    if (news.length === 0) return
    await remember(desk, news)
  })
