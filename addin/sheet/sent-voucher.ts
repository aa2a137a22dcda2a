import type { VoucherId } from '#worker/core/ids.ts'
import type { Issue } from '#worker/core/problem.ts'

/** How a voucher is named once posted. */
export type PostedName = {
  series: string
  fiscalYear: number
  number: number
  ledgerVersion: number
  recordedAt: string
}

/**
 * What is known of a voucher that may have left this workbook. `unknown`: no answer came, so it must be asked for before
 * anything else. An entry is written before its request leaves, and is never removed.
 */
export type Sent = {
  readonly id: VoucherId
  readonly contentHash: string
  /** Hashes it was sent with before its content changed, the newest first: rows of copied sheets carry those still. */
  readonly was?: readonly string[]
  /** What the rows said, in any order: rows that lost what they carried are known again by it. */
  readonly likeness?: string
  /** What each row said, in the order they were sent in. */
  readonly order?: readonly string[]
  /** The voucher date. With what its rows book, it tells vouchers that only say it otherwise. */
  readonly day?: string
  readonly outcome: 'unknown' | 'refused' | 'posted' | 'reversed'
  readonly name?: PostedName
  /** The posted voucher that this one takes the place of. Its rows keep its id until the ledger has the new one. */
  readonly corrects?: VoucherId
  /**
   * The file it was posted from, as `fileMark` has it; a copy of the file is another. '' where the ledger knows of none. Not known yet
   * of what no answer told, and of what was posted before it was asked for: the ledger tells.
   */
  readonly home?: string
  /** Its rows went from the workbook, and the user said that it is to stand all the same. */
  readonly stays?: true
  /** Why it was refused, as the server told it. */
  readonly issues?: readonly Issue[]
}

/** Everything this workbook has sent, by voucher id. */
export type Memory = ReadonlyMap<string, Sent>

/** So many are kept of a voucher: more contents than anybody sends one with, and not a long entry to write each time. */
const MOST_EARLIER = 20

/**
 * The only way in which memory grows. News counts, but what is known to be posted can never be less than that; and what a voucher was
 * sent with, and its rows said, stays known, or a copied sheet would post it again.
 */
export function withSent(memory: Memory, news: readonly Sent[]): Memory {
  const next = new Map(memory)
  for (const sent of news) {
    const before = next.get(sent.id)
    const counts = before ? newerOf(before, sent) : sent
    next.set(sent.id, { ...counts, ...earlierHashes(counts, before, sent) })
  }
  return next
}
function newerOf(before: Sent, sent: Sent): Sent {
  const [less, more] = RANK[before.outcome] > RANK[sent.outcome] ? [sent, before] : [before, sent]
  const { order, day, issues: _, ...known } = less
  const sameContent = less.contentHash === more.contentHash && { ...(order && { order }), ...(day && { day }) }
  return { ...known, ...sameContent, ...more }
}
function earlierHashes(now: Sent, before: Sent | undefined, sent: Sent): Pick<Sent, 'was'> {
  const hashes = new Set([before, sent].flatMap((one) => (one ? [one.contentHash, ...(one.was ?? [])] : [])))
  for (const hash of ['', now.contentHash]) hashes.delete(hash)
  return hashes.size === 0 ? {} : { was: [...hashes].slice(0, MOST_EARLIER) }
}
/** What was sent to take the place of each voucher, by the id of the one it puts right. */
export function correctionsIn(memory: Memory): ReadonlyMap<string, Sent> {
  const corrections = new Map<string, Sent>()
  for (const sent of memory.values())
    if (sent.corrects && !isBooked(corrections.get(sent.corrects))) corrections.set(sent.corrects, sent)
  return corrections
}
/**
 * Posted from this very file, or it is not known from which, and by what is known not reversed since, but on no row of its voucher
 * sheets: the ids in `standing`.
 */
export const goneFrom = (memory: Memory, home: string | undefined, standing: ReadonlySet<string>): Sent[] =>
  home === undefined
    ? []
    : [...memory.values()].filter(
        (sent) => sent.outcome === 'posted' && (sent.home ?? home) === home && !sent.stays && !standing.has(sent.id),
      )
export const isBooked = (sent: Sent | undefined): boolean => sent?.outcome === 'posted' || sent?.outcome === 'reversed'

const RANK = { unknown: 0, refused: 0, posted: 1, reversed: 2 } as const
