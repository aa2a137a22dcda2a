import type { BriefEntry } from '#worker/ledger/dry-run.ts'
import type { TriedAnswer } from '#worker/ledger/job.ts'
import { type LedgerApi, Refused } from '../api/ledger-api.ts'
import type { SheetVoucher } from '../sheet/sheet-voucher.ts'

/** The largest request: vouchers, and lines as the API counts them. */
const MOST_VOUCHERS = 200
const MOST_LINES = 2_000

/** As many of the first vouchers as one request takes. */
export function firstChunk(vouchers: readonly SheetVoucher[]): SheetVoucher[] {
  const chunk: SheetVoucher[] = []
  let lines = 0
  for (const voucher of vouchers) {
    lines += voucher.draft.lines.length
    if (chunk.length > 0 && (chunk.length >= MOST_VOUCHERS || lines > MOST_LINES)) break
    chunk.push(voucher)
  }
  return chunk
}

/** Whether one request takes them all, however many they are. */
export const fitsOne = (vouchers: readonly SheetVoucher[]): boolean =>
  vouchers.reduce((lines, { draft }) => lines + draft.lines.length, 0) <= MOST_LINES

/** Vouchers that were tried together and found ready: what the user saw of them, and the token that holds the ledger to it. */
export type TriedChunk = { readonly token: string; readonly entries: ReadonlyMap<string, string> }

const keyOf = (v: Pick<SheetVoucher, 'id' | 'contentHash'>): string => `${v.id} ${v.contentHash}`

/** What was tried, by voucher. A voucher that was changed since has another key. */
export function triedChunk(
  vouchers: readonly SheetVoucher[],
  tried: readonly TriedAnswer[],
  token: string | null,
): [string, TriedChunk][] {
  if (token === null) return []
  const ready = new Map(tried.flatMap((t) => (t.status === 'ready' ? [[t.id, briefOf(t)] as const] : [])))
  const mine = vouchers.filter((v) => ready.has(v.id))
  const chunk = { token, entries: new Map(mine.map((v) => [v.id, ready.get(v.id)!])) }
  return mine.map((v) => [keyOf(v), chunk])
}

const briefOf = ({ entries }: TriedAnswer): string =>
  JSON.stringify(entries.map((e): BriefEntry => [e.rowKey, e.account, e.party, e.amount, e.vatCode]))

/**
 * The next vouchers to send: those that were tried together go together, since one token speaks for all of them. Those that
 * were not tried, or no longer all, go without.
 */
export function nextChunk(
  open: readonly SheetVoucher[],
  tried: ReadonlyMap<string, TriedChunk>,
): { chunk: SheetVoucher[]; tried: TriedChunk | undefined } {
  const group = open[0] && tried.get(keyOf(open[0]))
  const together = group ? open.filter((v) => tried.get(keyOf(v)) === group) : []
  return group && together.length === group.entries.size
    ? { chunk: together, tried: group }
    : { chunk: firstChunk(open), tried: undefined }
}

/**
 * The ledger says that something is not as it was tried. Tries the vouchers again: where they come out as the user saw them
 * (the token grew old, or somebody posted one of them meanwhile) there is a new token, or none is needed.
 * @throws the refusal, where what would be booked is not what the user saw.
 */
export async function triedAgain(
  api: LedgerApi,
  company: string,
  vouchers: readonly SheetVoucher[],
  { entries }: TriedChunk,
  refusal: Refused,
): Promise<string | undefined> {
  const again = await api.dryRun(
    company,
    vouchers.map((v) => v.raw),
  )
  const differs = again.vouchers.filter(
    (t) => t.status !== 'posted' && (t.id === null || briefOf(t) !== entries.get(t.id)),
  )
  if (differs.length > 0) throw new Refused(refusal.status, { ...refusal.body, differing: differs.map((t) => t.id) })
  return again.vouchers.every((t) => t.status === 'ready') ? (again.dryRunToken ?? undefined) : undefined
}
