import type { CompanyAccess } from '#worker/access/store.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash, type VoucherId } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import { type Books, booksOf, partyKey } from '#worker/ledger/books.ts'
import type { PostedAnswer, RefusedAnswer } from '#worker/ledger/job.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { readAllParties, readFacts } from '#worker/ledger/store.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import { createParty } from '#worker/parties/create-party.ts'
import { judgeOpening, mayBeBooked, type NewParty, type OpeningJudgement } from './opening-judgement.ts'
import { type KeptTakeover, planOpening, setCutOver } from './plan-store.ts'
import { readPart, readUnfinished } from './read-part.ts'
import { alreadyBooked } from './save-opening.ts'
import {
  type KeptOpening,
  readLedgerVersion,
  readMatchedItems,
  readOpening,
  readOtherOpening,
  setBooked,
} from './store.ts'
import { itemsDateOf, type OpeningPart } from './takeover-plan.ts'

export type Context = Acting & {
  env: Bindings
  access: Pick<CompanyAccess, 'id' | 'database' | 'books'>
  name: string
  rights: Rights
}
export type Judged = { opening: KeptOpening; judgement: OpeningJudgement; part: OpeningPart }

/** The books an opening balance is judged by, every party included. */
export async function readOpeningBooks(db: Database): Promise<Books> {
  const books = booksOf((await readFacts(db)).facts)
  for (const party of await readAllParties(db)) books.parties.set(partyKey(party.kind, party.number), party)
  return books
}

/** An opening balance as it stands, judged by the books of now. @throws Problem 404 opening-balance/unknown. */
export async function readJudged(db: Database, company: string, openingDate: string): Promise<Judged> {
  const opening = await readOpening(db, openingDate)
  if (!opening) throw new Problem(404, 'opening-balance/unknown', { params: { date: openingDate } })
  const books = await readOpeningBooks(db)
  const part = await readPart(db, openingDate, async () => books)
  const id = await idOfOpening(company, opening)
  return { opening, judgement: judgeOpening(opening, opening.openingDate, id, books, part), part }
}

/** The same content of the same day is the same voucher; after a reversal it is another. */
async function idOfOpening(company: string, { openingDate, version, voucher }: KeptOpening): Promise<VoucherId> {
  const after = voucher?.reversed ? voucher.id : ''
  return idFromHash('vch', await sha256(`${company} opening-balance ${openingDate} ${version} ${after}`))
}

export type Booked = Judged & { voucher: PostedAnswer | null; replayed: boolean }

/**
 * Books an opening balance as one voucher through the ledger's one door. Booked already as it stands, it changes nothing. Changed
 * since, it takes the place of the voucher before with `replace`: that one is reversed in the same step, both or neither.
 * Parties that are not in the register are made first.
 * @throws Problem 404 opening-balance/unknown; 422 opening-balance/invalid with an issue for each fault, opening-balance/booked,
 *   opening-balance/in-use, opening-balance/exists,
 *   takeover/finished; else as posting does.
 */
export async function bookOpening(ctx: Context, openingDate: IsoDate, replace: boolean): Promise<Booked> {
  const { db, access } = ctx
  const plan = await readUnfinished(db)
  const atVersion = await readLedgerVersion(db) // so that openings of two days, booked at once, do not both stand
  const judged = await readJudged(db, access.books, openingDate)
  const { opening, judgement } = judged
  if (opening.state === 'booked') return { ...judged, voucher: null, replayed: true }
  if (!mayBeBooked(judgement)) throw new Problem(422, 'opening-balance/invalid', { issues: judgement.issues })
  if (opening.state === 'changed' && !replace) throw alreadyBooked(opening)
  const own = [judgement.draft.id, ...(opening.voucher ? [opening.voucher.id] : [])]
  const other = await readOtherOpening(db, openingDate, own)
  if (other)
    throw new Problem(422, 'opening-balance/exists', {
      params: { voucher: `${other.series} ${other.fiscalYear}-${other.number}` },
    })
  if (opening.state === 'changed') await checkUnused(db, opening)
  for (const party of judgement.newParties) await makeParty(ctx, party)
  const { by, name, rights } = ctx
  const asked = { by, name, rights }
  const done = await runJob(
    ctx.env,
    access,
    opening.state === 'changed'
      ? {
          do: 'correct',
          of: opening.voucher!.id,
          reversal: { id: await idOfReversal(opening), voucherDate: openingDate, reason: null },
          draft: judgement.draft,
          ...asked,
        }
      : { do: 'post', drafts: [judgement.draft], mode: 'all-or-nothing', single: true, atVersion, ...asked },
  )
  const posted = ('vouchers' in done ? done.vouchers.at(-1) : undefined) as PostedAnswer | RefusedAnswer
  if (posted.status !== 'posted') throw new Problem(422, 'opening-balance/invalid', { issues: posted.issues })
  await db.batch(
    [
      setBooked(openingDate, posted.id, opening.version),
      ...(plan ? [] : [planOpening(openingDate, by, ctx.at)]),
      ...(!plan || isPartOf(openingDate, plan) ? [setCutOver(plan?.cutOverDate ?? openingDate)] : []),
    ],
    'write',
  )
  return { ...(await readJudged(db, access.books, openingDate)), voucher: posted, replayed: posted.replayed }
}

const isPartOf = (day: IsoDate, plan: KeptTakeover): boolean => day === plan.openingDate || day === itemsDateOf(plan)

/** Somebody who books the same at the same time may have made it just now. */
async function makeParty(ctx: Context, { kind, number, name, controlAccount }: NewParty): Promise<void> {
  try {
    await createParty(ctx, { kind, number, name, controlAccount })
  } catch (cause) {
    if (!(cause instanceof Problem && cause.code === 'party/exists')) throw cause
  }
}

const idOfReversal = async ({ voucher }: KeptOpening): Promise<VoucherId> =>
  idFromHash('vch', await sha256(`reversal of opening-balance ${voucher!.id}`))

/** Refuses to touch an opening balance whose open items others have been matched with. @throws Problem 422 opening-balance/in-use. */
async function checkUnused(db: Database, { voucher }: KeptOpening): Promise<void> {
  const items = await readMatchedItems(db, voucher!.id)
  if (items > 0) throw new Problem(422, 'opening-balance/in-use', { params: { items } })
}

/**
 * Undoes a booking by one reversal on the opening day, while nothing builds on it. The rows stay, to be put right and booked again.
 * @throws Problem 404 opening-balance/unknown; 422 opening-balance/not-booked, opening-balance/in-use; else as reversing does.
 */
export async function reverseOpening(ctx: Context, openingDate: IsoDate, reason: string | null): Promise<KeptOpening> {
  await readUnfinished(ctx.db)
  const opening = await readOpening(ctx.db, openingDate)
  if (!opening) throw new Problem(404, 'opening-balance/unknown', { params: { date: openingDate } })
  if (opening.state !== 'booked' && opening.state !== 'changed') throw new Problem(422, 'opening-balance/not-booked')
  await checkUnused(ctx.db, opening)
  const { by, name, rights } = ctx
  await runJob(ctx.env, ctx.access, {
    do: 'reverse',
    of: opening.voucher!.id,
    id: await idOfReversal(opening),
    voucherDate: openingDate,
    reason,
    by,
    name,
    rights,
  })
  return (await readOpening(ctx.db, openingDate))!
}
