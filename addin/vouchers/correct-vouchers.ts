import type { IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash, type VoucherId } from '#worker/core/ids.ts'
import type { Issue } from '#worker/core/problem.ts'
import type { PostedAnswer, RefusedAnswer } from '#worker/ledger/job.ts'
import { NoAnswer, Refused, type StoredVoucher } from '../api/ledger-api.ts'
import { orderOf } from '../sheet/row-signature.ts'
import { type Sent, withSent } from '../sheet/sent-voucher.ts'
import type { SheetVoucher } from '../sheet/sheet-voucher.ts'
import { contentHashOf } from '../sheet/voucher-identity.ts'
import { askUnknown } from './ask-unknown.ts'
import { type Desk, inTurn, refreshBooks } from './desk.ts'
import type { PostOptions, PostResult } from './post-vouchers.ts'
import { asSent, homeOf, nameOf } from './stored-voucher.ts'
import { reversalOf } from './undo-vouchers.ts'
import { judge, readSheet, show } from './voucher-desk.ts'

/**
 * The id of the voucher that takes another's place: always the same, whichever sheet, file or window it is asked for in and
 * whatever the rows say, so that no voucher is put right twice.
 */
const correctionId = async (voucher: string): Promise<VoucherId> =>
  idFromHash('vch', await sha256(`correction of ${voucher}`))

/** A correction on its way: the rows, what they are posted as, and what they take the place of. */
type Correction = { voucher: SheetVoucher; stored: StoredVoucher; sent: Sent & { corrects: VoucherId } }

/**
 * Corrects vouchers that were changed after posting: the posted one is reversed and the rows are posted as a new one, both or
 * neither. The rows keep the id of the posted one until the ledger has the new one, so that nothing but this can ever send
 * them; that it is on its way is written down first, and a lost answer is asked for like any other.
 */
export const correctVouchers = (
  desk: Desk,
  ids: ReadonlySet<string>,
  options: Pick<PostOptions, 'table'> = {},
): Promise<PostResult | undefined> => inTurn(desk, () => desk.lease.hold(() => correct(desk, ids, options)))

async function correct(
  desk: Desk,
  ids: ReadonlySet<string>,
  { table }: Pick<PostOptions, 'table'>,
): Promise<PostResult | undefined> {
  await refreshBooks(desk)
  await askUnknown(desk)
  const judged = await readSheet(desk, true)
  if (!judged || (table !== undefined && judged.reading.table !== table)) return undefined
  const wanted = judged.vouchers.filter((v) => ids.has(v.id) && v.state === 'changed' && !v.copy)
  const told: Sent[] = []
  const corrections: Correction[] = []
  for (const voucher of wanted.filter((v) => v.correctable)) {
    const stored = await desk.api.voucher(desk.binding.company, voucher.id)
    if (!stored) continue
    if (stored.correctedBy.length > 0) told.push(...(await standingOf(desk, stored)))
    else corrections.push({ voucher, stored, sent: await intentOf(voucher) })
  }
  const before = desk.record.memory
  const written = await show(desk, judged, [], [...told, ...corrections.map(({ sent }) => sent)])
  const stands = ({ voucher }: Correction) =>
    !written.moved &&
    written.vouchers.some((now) => now.id === voucher.id && !now.copy && now.contentHash === voucher.contentHash)
  const { news, left, stopped } = await sendAll(desk, corrections.filter(stands))
  const never = [...corrections.filter((one) => !stands(one)), ...left]
  desk.record.withdraw(
    never.map(({ sent }) => sent.id),
    before,
  )
  desk.record.memory = withSent(desk.record.memory, news)
  const after = await show(desk, await judge(desk, written.reading, true), [], news)
  const outcomes = new Map(news.map((sent) => [sent.id, sent.outcome]))
  const asked = new Set(wanted.map((v) => v.id))
  const refused = new Set(news.flatMap((sent) => (sent.outcome === 'refused' && sent.corrects ? [sent.corrects] : [])))
  const mine = after.vouchers.filter((v) => !v.copy)
  return {
    judged: after,
    posted: mine.filter((v) => v.sent?.outcome === 'posted' && outcomes.get(v.id) === 'posted'),
    refused: mine.filter((v) => asked.has(v.id) && (refused.has(v.id) || (v.state === 'changed' && !v.correctable))),
    unknown: mine.filter((v) => asked.has(v.id) && v.state === 'unknown'),
    unsettled: never.map(({ voucher }) => voucher),
    ...(stopped !== undefined && { stopped }),
  }
}

async function intentOf({ id: corrects, draft }: SheetVoucher): Promise<Correction['sent']> {
  const id = await correctionId(corrects)
  return { id, contentHash: await contentHashOf(draft, id), outcome: 'unknown', corrects }
}

/** What the ledger has of a voucher that was put right, and of the one that took its place. */
async function standingOf({ api, binding }: Desk, stored: StoredVoucher): Promise<Sent[]> {
  const found = await Promise.all(stored.correctedBy.map((id) => api.voucher(binding.company, id)))
  return Promise.all([stored, ...found.filter((one) => one !== undefined)].map(asSent))
}

/** Sends one after the other until something stands in the way of all; `left` are those that never left. */
async function sendAll(desk: Desk, corrections: readonly Correction[]) {
  const news: Sent[] = []
  for (const [i, correction] of corrections.entries()) {
    const left = corrections.slice(i)
    try {
      if (!(await desk.lease.renew())) return { news, left }
    } catch (stopped) {
      return { news, left, stopped }
    }
    try {
      news.push(...(await send(desk, correction)))
    } catch (error) {
      if (error instanceof NoAnswer) return { news, left: left.slice(1) }
      const { corrects, id, contentHash } = correction.sent
      if (error instanceof Refused) news.push({ id, contentHash, corrects, outcome: 'refused' })
      return { news, left: left.slice(1), stopped: error }
    }
  }
  return { news, left: [] }
}

/**
 * Sends one, and tells what became of it.
 * @throws NoAnswer; Refused when the request was refused as a whole.
 */
async function send(desk: Desk, { voucher, stored, sent }: Correction): Promise<Sent[]> {
  try {
    const answer = await post(desk, { voucher, stored, sent })
    if (answer?.status === 'posted') {
      const { likeness, draft } = voucher
      const known = { likeness, order: orderOf(draft), day: String(draft.header.voucherDate) }
      return [{ ...sent, ...known, outcome: 'posted', name: nameOf(answer), ...(await homeOf(desk, answer)) }]
    }
    return await refusedFor(desk, voucher, sent, answer?.issues ?? [])
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    // Somebody annulled it since it was read: the rows take its place all the same.
    const again =
      stored.reversedBy || error.code !== 'voucher/already-reversed'
        ? undefined
        : await desk.api.voucher(desk.binding.company, stored.id)
    if (again?.reversedBy && again.correctedBy.length === 0) return send(desk, { voucher, stored: again, sent })
    const { issues } = error
    const known = issues.length > 0 || error.code === 'voucher/already-reversed'
    if (!known) throw error
    const here = issues.map((issue) => ({ ...issue, pointer: issue.pointer.replace('#/voucher', '#') }))
    const news = await refusedFor(desk, voucher, sent, here)
    if (issues.length === 0 && news.every((one) => one.outcome === 'refused')) throw error
    return news
  }
}

/** With the reversal of the one it takes the place of; where that one is reversed, alone, but as what takes its place. */
async function post(
  desk: Desk,
  { voucher, stored, sent }: Correction,
): Promise<PostedAnswer | RefusedAnswer | undefined> {
  const { api, binding } = desk
  const { company } = binding
  const raw = { ...voucher.raw, id: sent.id }
  if (stored.reversedBy) {
    const answer = await api.post(company, [{ ...raw, corrects: sent.corrects }], crypto.randomUUID())
    return answer.vouchers[0]
  }
  const reversal = await reversalOf(desk, stored.id, stored.voucherDate as IsoDate)
  return (await api.correct(company, stored.id, { reversal, voucher: raw })).voucher
}

/** Why it was refused stands on its rows; where another took the place first, that one is told of. */
async function refusedFor(
  desk: Desk,
  { contentHash }: SheetVoucher,
  sent: Correction['sent'],
  issues: readonly Issue[],
): Promise<Sent[]> {
  const stored = await desk.api.voucher(desk.binding.company, sent.corrects)
  if (stored && stored.correctedBy.length > 0) return standingOf(desk, stored)
  desk.served = new Map([...desk.served, [contentHash, issues]])
  return [...(stored ? [await asSent(stored)] : []), { ...sent, outcome: 'refused' }]
}
