import type { IsoDate, Month } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash, type VoucherId } from '#worker/core/ids.ts'
import { isError, Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Books } from '#worker/ledger/books.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import { type Context, readOpeningBooks } from '#worker/opening-balance/book-opening.ts'
import { type KeptTakeover, readTakeover, setCutOver } from '#worker/opening-balance/plan-store.ts'
import { readUnfinished } from '#worker/opening-balance/read-part.ts'
import { readLedgerVersion, readOpening } from '#worker/opening-balance/store.ts'
import { type JudgedMonth, judgeMovements, type MovementJudgement, openingSums } from './movement-judgement.ts'
import { keepMonth, type MonthVoucher, readMonthVouchers } from './store.ts'

/** How a month stands: filled in, in the ledger as it is, changed since, reversed; or in the ledger without the sheet. */
export type MonthState = 'empty' | 'draft' | 'booked' | 'changed' | 'reversed' | 'other'
export type StandingMonth = JudgedMonth & { state: MonthState; contentHash: string; voucher: MonthVoucher | null }
export type JudgedMovements = {
  plan: KeptTakeover
  books: Books
  months: StandingMonth[]
  issues: MovementJudgement['issues']
}

/** The sheet of movements as it stands, judged by the books of now. @throws Problem 404 takeover/none. */
export async function readMovements(db: Database, known?: KeptTakeover): Promise<JudgedMovements> {
  const plan = known ?? (await readTakeover(db))
  if (plan?.variant !== 'movements') throw new Problem(404, 'takeover/none')
  const [books, opening, vouchers] = await Promise.all([
    readOpeningBooks(db),
    readOpening(db, plan.openingDate),
    readMonthVouchers(db),
  ])
  const { months, issues } = judgeMovements(plan, plan, openingSums(opening?.rows ?? [], books), books)
  const standing = await Promise.all(
    months.map(async (month): Promise<StandingMonth> => {
      const contentHash = await sha256(JSON.stringify(month.draft))
      const voucher = vouchers.findLast((v) => v.month === month.month) ?? null
      return { ...month, contentHash, voucher, state: stateOf(month, voucher, contentHash) }
    }),
  )
  return { plan, books, months: standing, issues }
}

function stateOf({ draft }: JudgedMonth, voucher: MonthVoucher | null, contentHash: string): MonthState {
  if (!voucher) return draft ? 'draft' : 'empty'
  if (voucher.contentHash === null) return 'other'
  if (voucher.reversed) return draft ? 'reversed' : 'empty'
  return voucher.contentHash === contentHash ? 'booked' : 'changed'
}

/** The same content of the same month is the same voucher; after a reversal it is another. */
const idOfMonth = async (company: string, { month, contentHash, voucher }: StandingMonth): Promise<VoucherId> =>
  idFromHash(
    'vch',
    await sha256(`${company} movement ${month} ${contentHash} ${voucher?.contentHash ? voucher.id : ''}`),
  )
const idOfReversal = async (voucher: MonthVoucher): Promise<VoucherId> =>
  idFromHash('vch', await sha256(`reversal of movement ${voucher.id}`))

export type BookedMovements = JudgedMovements & { posted: Month[]; replaced: Month[] }

/**
 * Books the sheet: one voucher of type `movement` for each month that has none, all of them or none. Booked already as it stands,
 * it changes nothing. A month that changed since takes the place of its voucher before, with `replace`.
 * @throws Problem 404 takeover/none; 422 takeover/invalid with an issue for each fault, takeover/movements-booked,
 *   takeover/other-movement, takeover/finished; else as posting does.
 */
export async function bookMovements(ctx: Context, replace: boolean): Promise<BookedMovements> {
  const { db, access, env, by, name, rights } = ctx
  const plan = await readUnfinished(db)
  const atVersion = await readLedgerVersion(db) // so that one month, booked twice at once, does not stand twice
  const { months, issues } = await readMovements(db, plan)
  if (issues.some(isError)) throw new Problem(422, 'takeover/invalid', { issues })
  const other = months.find(({ state }) => state === 'other')?.voucher
  if (other)
    throw new Problem(422, 'takeover/other-movement', { params: { month: other.month, voucher: nameOf(other) } })
  const changed = months.filter(({ state }) => state === 'changed')
  if (changed.length > 0 && !replace)
    throw new Problem(422, 'takeover/movements-booked', {
      params: { count: changed.length, voucher: nameOf(changed[0]!.voucher!) },
    })
  const asked = { by, name, rights }
  const fresh = months.filter(({ state, draft }) => draft && (state === 'draft' || state === 'reversed'))
  const drafts = new Map<Month, VoucherDraft>()
  for (const month of [...fresh, ...changed])
    if (month.draft) drafts.set(month.month, { id: await idOfMonth(access.books, month), ...month.draft })
  // Before they are posted: whoever is cut off in between finds them as the sheet's own.
  const kept = [...fresh, ...changed].flatMap(({ month, contentHash }) =>
    drafts.has(month) ? [keepMonth(drafts.get(month)!.id, month, contentHash)] : [],
  )
  if (kept.length > 0) await db.batch(kept, 'write')
  if (fresh.length > 0) {
    const done = await runJob(env, access, {
      do: 'post',
      drafts: fresh.map(({ month }) => drafts.get(month)!),
      mode: 'all-or-nothing',
      single: false,
      atVersion,
      ...asked,
    })
    const refused = 'vouchers' in done ? done.vouchers.flatMap((v) => (v.status === 'posted' ? [] : v.issues)) : []
    if (refused.length > 0) throw new Problem(422, 'takeover/invalid', { issues: refused })
  }
  for (const { month, voucher: before } of changed) {
    const of = before!.id
    const reversal = { id: await idOfReversal(before!), voucherDate: before!.voucherDate as IsoDate, reason: null }
    const draft = drafts.get(month)
    if (draft) await runJob(env, access, { do: 'correct', of, reversal, draft, ...asked })
    else await runJob(env, access, { do: 'reverse', of, ...reversal, ...asked })
  }
  await db.execute(setCutOver(plan!.cutOverDate))
  return {
    ...(await readMovements(db)),
    posted: fresh.map(({ month }) => month),
    replaced: changed.map(({ month }) => month),
  }
}

const nameOf = ({ series, fiscalYear, number }: MonthVoucher): string => `${series} ${fiscalYear}-${number}`

/**
 * Undoes the movements, each month by one reversal on its own day, the newest first. The sheet stays, to be put right and booked again.
 * @throws Problem 404 takeover/none; 422 takeover/not-booked, takeover/finished; else as reversing does.
 */
export async function reverseMovements(ctx: Context, reason: string | null): Promise<JudgedMovements> {
  const { db, access, env, by, name, rights } = ctx
  const { months } = await readMovements(db, await readUnfinished(db))
  const standing = months.filter(({ state }) => state === 'booked' || state === 'changed').reverse()
  if (standing.length === 0) throw new Problem(422, 'takeover/not-booked')
  for (const { voucher } of standing)
    await runJob(env, access, {
      do: 'reverse',
      of: voucher!.id,
      id: await idOfReversal(voucher!),
      voucherDate: voucher!.voucherDate as IsoDate,
      reason,
      by,
      name,
      rights,
    })
  return readMovements(db)
}
