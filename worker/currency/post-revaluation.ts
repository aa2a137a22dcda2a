import { currencyWords } from '#i18n/currency-text.ts'
import { fill, type Locale } from '#i18n/format.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash, type VoucherId } from '#worker/core/ids.ts'
import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { ratesByCurrency } from '#worker/ledger/currency-rate.ts'
import type { PostedAnswer } from '#worker/ledger/job.ts'
import { checkDay } from '#worker/ledger/judge-reversal.ts'
import { checkScopeLocks } from '#worker/ledger/lock.ts'
import { readRatesFor } from '#worker/ledger/rate-store.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { readFacts } from '#worker/ledger/store.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import { itemsFrom, selectItems } from '#worker/subledger/store.ts'
import { adjustmentsOf, revaluationDraft, revalue } from './revaluation.ts'
import { insertRevaluation, revaluationsFrom, SELECT_REVALUATIONS } from './store.ts'

/** Open items looked at; more than a company has in foreign currencies. */
const MOST_ITEMS = 50_000

/**
 * What open items in foreign currencies are worth on a day, and the voucher that would carry them at it. The items and what revalued
 * them before are of one moment, or a difference that is booked meanwhile would be proposed again.
 */
export async function readRevaluation(db: Database, day: IsoDate, id: VoucherId, locale: Locale) {
  const asked = { asAtDate: day }
  const [{ facts }, [before, ...items]] = await Promise.all([
    readFacts(db),
    db.batch([SELECT_REVALUATIONS, ...selectItems(asked, { limit: MOST_ITEMS })], 'read'),
  ])
  const revaluations = revaluationsFrom(before!)
  const found = itemsFrom(asked, items)
  const inCurrency = found.items.filter((item) => item.currency !== null)
  const rates = await readRatesFor(
    db,
    inCurrency.map((item) => [item.currency!, day]),
  )
  const { revalued, missing } = revalue(inCurrency, day, ratesByCurrency(rates))
  const own = new Set(revaluations.map((r) => r.voucherId))
  const adjustments = adjustmentsOf(
    revalued,
    found.items.filter((item) => own.has(item.voucher.id)),
  )
  const text = fill(currencyWords[locale].revaluation, { date: day }, locale)
  const { draft, issues } = revaluationDraft(id, day, text, adjustments, booksOf(facts))
  return {
    ledgerVersion: found.head.ledgerVersion,
    date: day,
    items: revalued,
    missing,
    adjustments,
    draft: adjustments.length > 0 ? draft : null,
    issues,
    /** The one of this id, where it is posted already. */
    standing: revaluations.find((r) => r.voucherId === id),
  }
}

type Context = Acting & {
  env: Bindings
  /** Told to those who have a page open. */
  name: string
  access: Pick<CompanyAccess, 'id' | 'database'>
  rights: Rights
  locale: Locale
}
type Wanted = { id: VoucherId; date: IsoDate; reversalDate?: IsoDate | undefined; reason?: string | undefined }

/**
 * Posts a revaluation and its reversal on a later day (the next unless told), through the ledger's one door. Asked for again with the
 * same id it gives the first answer; a day that is revalued already gives only what has changed since.
 * @throws Problem 422 request/invalid with currency-rate/missing or field/invalid; 422 revaluation/nothing; as posting.
 */
export async function postRevaluation(ctx: Context, { id, date, reversalDate, reason }: Wanted) {
  const { db, env, access, by, at, name, rights, locale } = ctx
  const back = reversalDate ?? addDays(date, 1)
  if (back <= date) throw invalid('field/invalid', '#/reversalDate', { date })
  const { standing, ...proposed } = await readRevaluation(db, date, id, locale)
  if (!standing) {
    if (proposed.missing.length > 0)
      throw invalid('currency-rate/missing', '#/date', { currency: proposed.missing.join(', '), date })
    if (proposed.issues.some(isError)) throw new Problem(422, 'request/invalid', { issues: proposed.issues })
    if (!proposed.draft) throw new Problem(422, 'revaluation/nothing', { params: { date } })
    const draft = { ...proposed.draft, ...(reason && { reason }) }
    await checkReversalDay(ctx, draft, back)
    const posted = await runJob(env, access, {
      do: 'post',
      drafts: [draft],
      mode: 'all-or-nothing',
      single: true,
      atVersion: proposed.ledgerVersion, // so that two at once do not book the same difference twice
      by,
      name,
      rights,
    })
    await db.batch([insertRevaluation(id, date, back, by, at)], 'write')
    const voucher = ('vouchers' in posted ? posted.vouchers[0] : undefined) as PostedAnswer
    return { voucher, reversal: await reverse(ctx, id, back, reason) }
  }
  return { voucher: { id }, reversal: await reverse(ctx, id, standing.reversalDate, reason) }
}

/** A revaluation that cannot be taken back is not posted: its figures would stand. */
async function checkReversalDay({ db, rights }: Context, draft: VoucherDraft, voucherDate: IsoDate) {
  const books = booksOf((await readFacts(db)).facts)
  const back = { voucherDate, reason: draft.reason ?? null, rights, type: draft.type }
  const issues = [...checkDay(back, books, '#'), ...checkScopeLocks(back, draft.lines, books, rights, '#')].map(
    ({ fix, ...issue }): Issue => ({
      ...issue,
      pointer: '#/reversalDate',
      ...(fix && { fix: { ...fix, pointer: '#/reversalDate' } }),
    }),
  )
  if (issues.length === 0) return
  const locked = issues.every((issue) => issue.code === 'period/locked')
  throw locked
    ? new Problem(423, 'period/locked', { issues, params: issues[0]!.params ?? {} })
    : new Problem(422, 'request/invalid', { issues })
}

async function reverse(
  { env, access, by, name, rights }: Context,
  of: VoucherId,
  voucherDate: IsoDate,
  reason?: string,
) {
  const id = idFromHash('vch', await sha256(`reversal of revaluation ${of}`)) as VoucherId
  const done = await runJob(env, access, {
    do: 'reverse',
    of,
    id,
    voucherDate,
    reason: reason ?? null,
    by,
    name,
    rights,
  })
  return ('vouchers' in done ? done.vouchers[0] : undefined) as PostedAnswer
}

const invalid = (code: string, pointer: string, params: Record<string, string>): Problem =>
  new Problem(422, 'request/invalid', { issues: [{ code, severity: 'error', pointer, params }] })
