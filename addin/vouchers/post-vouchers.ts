import type { PostedAnswer, RefusedAnswer } from '#worker/ledger/job.ts'
import { NoAnswer, Refused } from '../api/ledger-api.ts'
import { orderOf } from '../sheet/row-signature.ts'
import { type Memory, type Sent, withSent } from '../sheet/sent-voucher.ts'
import type { CellChange } from '../sheet/settle.ts'
import { isOpen, type SheetVoucher } from '../sheet/sheet-voucher.ts'
import { askUnknown } from './ask-unknown.ts'
import { type Desk, inTurn, refreshBooks } from './desk.ts'
import { asSent, homeOf, nameOf } from './stored-voucher.ts'
import { fitsOne, nextChunk, type TriedChunk, triedAgain } from './tried-chunk.ts'
import { type Judged, judge, readSheet, show, withoutCarried } from './voucher-desk.ts'

/** How often a voucher is tried again when the sheet was changed under it. */
const ATTEMPTS = 4

export type Progress = { done: number; of: number }
export type PostResult = {
  judged: Judged
  posted: readonly SheetVoucher[]
  refused: readonly SheetVoucher[]
  /** No answer came; they are asked for before anything else. */
  unknown: readonly SheetVoucher[]
  /** The sheet was changed under them each time; nothing was sent. */
  unsettled: readonly SheetVoucher[]
  /** Why it ended before all was sent; what is left can be sent again. */
  stopped?: unknown
  /** There are more lines than one request takes, so nothing was sent together. */
  tooMany?: boolean
}
export type PostOptions = {
  /** The voucher table that the user saw; nothing is sent where another has come to the front. */
  table?: string
  /** Only these, by id; all that can be sent without it. */
  only?: ReadonlySet<string>
  /** All of them in one request, or none: then nothing is sent while one that is not posted cannot be. */
  together?: boolean
  onProgress?: (progress: Progress) => void
  /** Stops before the next request; what was sent is finished and written down. */
  signal?: AbortSignal
}

/**
 * Posts the sheet's vouchers, each whole or not at all, or all or none of them, and writes number and status on their rows.
 *
 * The order of things is the point. First whatever was sent before without an answer is asked for. Then ids and hashes are
 * written to the sheet and to the workbook's memory, and the sheet is read again in the same request: only a voucher that
 * still stands there with that id and that very content is sent. So a lost answer, a second click, a second person, a crash
 * or somebody's sorting can only make the ledger repeat its answer.
 * @throws Refused when the server refuses the request as a whole (signed out, no right, too many).
 */
export const postVouchers = (desk: Desk, options: PostOptions = {}): Promise<PostResult | undefined> =>
  inTurn(desk, () => desk.lease.hold(() => postNow(desk, options)))

async function postNow(desk: Desk, options: PostOptions = {}): Promise<PostResult | undefined> {
  await refreshBooks(desk)
  await askUnknown(desk)
  let judged = await readSheet(desk, true)
  if (!judged || (options.table !== undefined && judged.reading.table !== options.table)) return undefined
  const wanted = new Set(sendable(judged, options).map((v) => v.id))
  if (options.together) {
    const refused = judged.vouchers.filter((v) => !v.sendable && isOpen(v.state))
    const tooMany = !fitsOne(sendable(judged, options))
    if (refused.length > 0 || tooMany)
      return { judged: await show(desk, judged), posted: [], refused, unknown: [], unsettled: [], tooMany }
  }
  const tried = new Map<string, number>()
  const answered = new Set<string>()
  const of = wanted.size
  let told: readonly Sent[] = []
  let stopped: unknown
  while (!options.signal?.aborted) {
    const open = sendable(judged, options).filter(
      (v) => wanted.has(v.id) && !answered.has(v.id) && (tried.get(v.id) ?? 0) < ATTEMPTS,
    )
    const next = nextChunk(open, desk.tried)
    const { chunk, tried: seen } =
      options.together && next.chunk.length < open.length ? { chunk: open, tried: undefined } : next
    if (chunk.length === 0 || (options.together && chunk.length < of)) break
    // Without a turn nothing more is sent; what was sent is shown all the same.
    const goesOn = await desk.lease.renew().catch((error: unknown) => {
      stopped = error
      return false
    })
    if (!goesOn) break
    const before = desk.record.memory
    const written = await writeDown(desk, judged, chunk, told)
    told = []
    const overwritten = overwrittenBy(judged, before, written, desk.record.memory)
    const found = written.moved ? [] : standingOf(written, chunk)
    const mine = found.filter((v) => !overwritten(v))
    const standing = options.together && mine.length < chunk.length ? [] : mine
    const slipped = chunk.filter((v) => !standing.some((s) => s.id === v.id))
    for (const { id } of slipped) tried.set(id, (tried.get(id) ?? 0) + 1)
    judged = await withdrawn(desk, written, slipped, before)
    const torn = found.filter((v) => !standing.includes(v))
    // Without what was written over them, the rows are known again as what the other window sent.
    if (torn.length > 0) judged = await show(desk, judged, withoutCarried(torn.flatMap((v) => v.rows.map((r) => r.at))))
    if (standing.length === 0) continue
    options.onProgress?.({ done: answered.size, of })
    const { news, lost } = await send(desk, standing, slipped.length === 0 ? seen : undefined, options.together)
    for (const { id } of standing) answered.add(id)
    desk.record.memory = withSent(desk.record.memory, news)
    // What became of them is shown together with the next to be written down.
    judged = await judge(desk, judged.reading, true)
    told = news
    if (lost) break
  }
  judged = await show(desk, judged, [], told)
  options.onProgress?.({ done: answered.size, of })
  return { ...resultOf(judged, wanted, answered, tried), ...(stopped !== undefined && { stopped }) }
}

const sendable = ({ vouchers }: Judged, { only }: PostOptions): SheetVoucher[] =>
  vouchers.filter((v) => v.sendable && (!only || only.has(v.id)))

/** Writes what the vouchers will be sent as, on their rows and in memory, and reads the sheet as it then stands. */
async function writeDown(desk: Desk, judged: Judged, chunk: readonly SheetVoucher[], told: readonly Sent[]) {
  const at = new Date().toISOString()
  const news = chunk.map(
    ({ id, contentHash, likeness, draft }): Sent => ({
      id,
      contentHash,
      likeness,
      order: orderOf(draft),
      day: String(draft.header.voucherDate),
      outcome: 'unknown',
    }),
  )
  const carried = chunk.flatMap((voucher) =>
    voucher.rows.flatMap((row, i): CellChange[] => [
      { at: row.at, column: 'rowKey', value: `r${i + 1}` },
      { at: row.at, column: 'voucherId', value: voucher.id },
      { at: row.at, column: 'contentHash', value: voucher.contentHash },
      { at: row.at, column: 'sentAt', value: at },
    ]),
  )
  desk.record.memory = withSent(desk.record.memory, news)
  const sent = new Map(news.map((n) => [n.id, n]))
  const vouchers = judged.vouchers.map((v) =>
    sent.has(v.id) && !v.copy ? { ...v, sent: sent.get(v.id), state: 'unknown' as const } : v,
  )
  return show(desk, { ...judged, vouchers }, carried, [...told, ...news])
}

/** Those of the chunk that stand in the sheet with the id and content they were written down with. */
const standingOf = ({ vouchers }: Judged, chunk: readonly SheetVoucher[]): SheetVoucher[] =>
  vouchers.filter(
    (now) => !now.copy && chunk.some((then) => then.id === now.id && then.contentHash === now.contentHash),
  )

/**
 * Whether writing a voucher down took its rows from another window, which had written another id there in the meantime: one of
 * the same content that stood on some row, or was not known of, and stands nowhere any more. That window may have sent it.
 */
function overwrittenBy(was: Judged, knownThen: Memory, is: Judged, known: Memory): (voucher: SheetVoucher) => boolean {
  const idsOf = ({ reading }: Judged) => new Set(reading.rows.map((row) => row.cells.voucherId))
  const [then, now] = [idsOf(was), idsOf(is)]
  const lost = [...known.values()].filter(({ id }) => !now.has(id) && (then.has(id) || !knownThen.has(id)))
  const alike = new Set(lost.flatMap(({ likeness }) => likeness ?? []))
  return ({ likeness }) => alike.has(likeness)
}

/** The sheet was changed between reading and writing: what was written down never left, and does not count. */
async function withdrawn(
  desk: Desk,
  judged: Judged,
  slipped: readonly SheetVoucher[],
  before: Memory,
): Promise<Judged> {
  if (slipped.length === 0) return judged
  desk.record.withdraw(
    slipped.map((v) => v.id),
    before,
  )
  return judge(desk, judged.reading, true)
}

/** Sends the vouchers, and tells what became of each. `lost`: no answer came, so nothing more is sent. */
async function send(
  desk: Desk,
  vouchers: readonly SheetVoucher[],
  tried: TriedChunk | undefined,
  together = false,
): Promise<{ news: Sent[]; lost: boolean }> {
  try {
    const answer = await postAsTried(desk, vouchers, tried, together)
    const byId = new Map(answer.vouchers.map((v) => [v.id, v]))
    const news = await Promise.all(vouchers.map((voucher) => newsOf(desk, voucher, byId.get(voucher.id))))
    return { news, lost: false }
  } catch (error) {
    if (error instanceof NoAnswer) return { news: [], lost: true }
    if (error instanceof Refused) {
      // Refused as a whole: this request posted nothing. An earlier one may have, so the ids are kept and asked for.
      const asked = await askAbout(desk, vouchers)
      if (asked.some((sent) => sent.outcome === 'posted')) return { news: asked, lost: true }
      if (together && error.issues.some(({ pointer }) => pointer.startsWith('#/vouchers/')))
        return { news: asked.map((sent, i) => ({ ...sent, issues: issuesOf(error, i) })), lost: false }
      await show(desk, await judge(desk, (await readSheet(desk, true))!.reading, true), [], asked)
    }
    throw error
  }
}

/** What of a refusal as a whole is about one of the vouchers. */
const issuesOf = ({ issues }: Refused, place: number) =>
  issues.filter(({ pointer }) => `${pointer}/`.startsWith(`#/vouchers/${place}/`))

/** Posts what was tried as it was tried, and nothing else (dry-run/stale). What was not tried is posted as it stands. */
async function postAsTried(
  { api, binding }: Desk,
  vouchers: readonly SheetVoucher[],
  tried: TriedChunk | undefined,
  together: boolean,
) {
  const raw = vouchers.map((v) => v.raw)
  const post = (token?: string) => api.post(binding.company, raw, crypto.randomUUID(), token, together)
  try {
    return await post(tried?.token)
  } catch (error) {
    if (!tried || !(error instanceof Refused) || error.code !== 'dry-run/stale') throw error
    return post(await triedAgain(api, binding.company, vouchers, tried, error))
  }
}

async function newsOf(
  desk: Desk,
  voucher: SheetVoucher,
  answer: PostedAnswer | RefusedAnswer | undefined,
): Promise<Sent> {
  const { id, contentHash } = voucher
  if (!answer) return { id, contentHash, outcome: 'unknown' }
  if (answer.status === 'posted') {
    // A reason stands in no row: the ledger's hash is then of more than the rows say.
    const said = 'reason' in voucher.raw ? contentHash : answer.contentHash
    return { id, contentHash: said, outcome: 'posted', name: nameOf(answer), ...(await homeOf(desk, answer)) }
  }
  if (!answer.issues.some((issue) => issue.code === 'voucher/id-reused'))
    return { id, contentHash, outcome: 'refused', issues: answer.issues }
  const stored = await desk.api.voucher(desk.binding.company, id)
  // Rows are of no reversal, whatever they carry.
  return stored && !stored.reversalOf ? asSent(stored) : { id, contentHash, outcome: 'refused', issues: answer.issues }
}

const askAbout = (desk: Desk, vouchers: readonly SheetVoucher[]): Promise<Sent[]> =>
  Promise.all(
    vouchers.map(async ({ id, contentHash }): Promise<Sent> => {
      const stored = await desk.api.voucher(desk.binding.company, id).catch(() => undefined)
      return stored ? asSent(stored) : { id, contentHash, outcome: 'refused' }
    }),
  )

function resultOf(
  judged: Judged,
  wanted: ReadonlySet<string>,
  answered: ReadonlySet<string>,
  tried: ReadonlyMap<string, number>,
): PostResult {
  const mine = judged.vouchers.filter((v) => wanted.has(v.id) && !v.copy)
  return {
    judged,
    posted: mine.filter((v) => v.sent?.outcome === 'posted' && answered.has(v.id)),
    refused: mine.filter((v) => v.sent?.outcome === 'refused' && answered.has(v.id)),
    unknown: mine.filter((v) => v.sent?.outcome === 'unknown'),
    unsettled: mine.filter((v) => !answered.has(v.id) && v.sent === undefined && tried.has(v.id)),
  }
}
