import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash, type VoucherId } from '#worker/core/ids.ts'
import { lockLevelOn, reversalDay } from '#worker/ledger/books.ts'
import { Refused, type StoredVoucher } from '../api/ledger-api.ts'
import { type Sent, withSent } from '../sheet/sent-voucher.ts'
import type { CellChange } from '../sheet/settle.ts'
import type { SheetVoucher } from '../sheet/sheet-voucher.ts'
import { anotherId } from '../sheet/voucher-identity.ts'
import { type Desk, inTurn, refreshBooks } from './desk.ts'
import { asSent } from './stored-voucher.ts'
import { judge, readSheet, remember, show, withoutCarried } from './voucher-desk.ts'

/** The id of the reversal of a voucher: always the same, so that asking twice reverses once. */
const reversalId = async (voucher: string): Promise<VoucherId> =>
  idFromHash('vch', await sha256(`reversal of ${voucher}`))

/**
 * Annuls posted vouchers: each is reversed on its own date, or on the first open day after. What is reversed already stays so, and what
 * was reversed is shown, whatever stopped the others. Nobody else works from the workbook meanwhile.
 * Undefined when one did not wait for the turn.
 * @throws Refused with the ledger's reason, for instance when no open period is left; NoAnswer.
 */
export const annulVouchers = (desk: Desk, ids: ReadonlySet<string>): Promise<boolean | undefined> =>
  inTurn(desk, () =>
    desk.lease.hold(async () => {
      await refreshBooks(desk)
      await annul(desk, ids)
      return true
    }),
  )

/** The same, in a turn that is had, by books that were just read. That a reversal is on its way is written down first. */
export async function annul(desk: Desk, ids: ReadonlySet<string>): Promise<void> {
  const { api, binding } = desk
  const wanted: StoredVoucher[] = []
  for (const id of ids) wanted.push(...[await api.voucher(binding.company, id)].filter((one) => one !== undefined))
  const intents = new Map<string, Sent>()
  for (const { id } of wanted.filter(({ reversedBy }) => !reversedBy))
    intents.set(id, { id: await reversalId(id), contentHash: '', outcome: 'unknown' })
  if (intents.size > 0) await remember(desk, [...intents.values()])
  const news: Sent[] = []
  let open: Sent | undefined
  try {
    for (const stored of wanted) {
      const intent = intents.get(stored.id)
      if (intent && !(await desk.lease.renew())) break
      open = intent
      if (intent) await reverse(desk, stored.id, stored.voucherDate as IsoDate)
      open = undefined
      news.push({ ...(await asSent(stored)), outcome: 'reversed' })
    }
  } catch (error) {
    if (error instanceof Refused) open = undefined
    throw error
  } finally {
    // What rests on no answer is asked for before anything else is sent; the others are done, or never left.
    for (const intent of intents.values()) if (intent !== open) news.push({ ...intent, outcome: 'refused' })
    const judged = await readSheet(desk, true)
    desk.record.memory = withSent(desk.record.memory, news)
    if (judged) await show(desk, await judge(desk, judged.reading, true), [], news)
    else if (news.length > 0) await remember(desk, news)
  }
}

/** How a voucher is reversed: on its own day where that is open, or softly locked and a reason is given, which goes with it there alone; else on the first open one after. */
export async function reversalOf(desk: Desk, id: string, day: IsoDate) {
  const { books, rights } = desk
  const reason = desk.reason()
  const stays = reason !== undefined && rights.softLock && lockLevelOn(day, books) === 'soft'
  const open = reversalDay(day, dayInOslo(new Date().toISOString() as Instant), books) ?? day
  return { id: await reversalId(id), voucherDate: stays ? day : open, ...(stays && { reason }) }
}

/** A reversal that was asked for before, with another reason or day, is refused, and stands. */
async function reverse(desk: Desk, id: string, day: IsoDate): Promise<void> {
  try {
    await desk.api.reverse(desk.binding.company, id, await reversalOf(desk, id, day))
  } catch (error) {
    if (!(error instanceof Refused) || !(await desk.api.voucher(desk.binding.company, id))?.reversedBy) throw error
  }
}

/**
 * Makes rows new vouchers with ids of their own: copies that were meant as such, or ones that were changed after posting. The
 * ids are written before they are used, and are the same for two people who ask at once. Nothing is done where another table
 * than `table`, which the user saw, has come to the front. Gives the new ids.
 */
export const asNewVouchers = (
  desk: Desk,
  wanted: (voucher: SheetVoucher) => boolean,
  table?: string,
): Promise<Set<string>> =>
  inTurn(desk, async () => (await desk.lease.hold(() => renewed(desk, wanted, table))) ?? new Set())

async function renewed(
  desk: Desk,
  wanted: (voucher: SheetVoucher) => boolean,
  table: string | undefined,
): Promise<Set<string>> {
  const judged = await readSheet(desk, true)
  const made = new Set<string>()
  if (!judged || (table !== undefined && judged.reading.table !== table)) return made
  const used = new Set([
    ...desk.record.memory.keys(),
    ...judged.vouchers.map((v) => v.id),
    ...judged.reading.others.ids,
  ])
  const changes: CellChange[] = []
  const stay: Sent[] = []
  for (const voucher of judged.vouchers.filter((v) => v.state !== 'unknown' && wanted(v))) {
    // Whose rows are given to another voucher is to stand in the ledger, and is not missed.
    if (voucher.sent?.outcome === 'posted' && !voucher.copy) stay.push({ ...voucher.sent, stays: true })
    let id: VoucherId
    for (let nth = 0; ; nth++) {
      id = await anotherId(desk.binding.workbook, voucher.id, voucher.contentHash, nth)
      if (!used.has(id) && !made.has(id)) break
    }
    made.add(id)
    const rows = voucher.rows.map((row) => row.at)
    changes.push(
      ...withoutCarried(rows).filter((change) => change.column !== 'voucherId'),
      ...rows.map((at) => ({ at, column: 'voucherId', value: id })),
    )
  }
  if (changes.length > 0) await show(desk, judged, changes, stay)
  return made
}

/** Empties status, numbers and keys, so that the rows can be filled anew: for what recurs. */
export const clearForReuse = (desk: Desk, table?: string): Promise<Set<string>> =>
  asNewVouchers(desk, (v) => v.state === 'posted' || v.state === 'reversed' || v.state === 'changed', table)
