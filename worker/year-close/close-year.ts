import { fill, type Locale } from '#i18n/format.ts'
import { yearWords } from '#i18n/year-text.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { type IsoDate, monthOf } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { isError, Problem } from '#worker/core/problem.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { PostedAnswer } from '#worker/ledger/job.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import { lockPeriods } from '#worker/periods/lock-periods.ts'
import { readClosing, readYearFigures } from './read-closing.ts'
import { insertClosing, type YearClosing } from './store.ts'
import { closingDraft, frozen, type NewClosing } from './year-closing.ts'

type Context = Acting & {
  env: Bindings
  /** Told to those who have a page open. */
  name: string
  access: Pick<CompanyAccess, 'id' | 'database' | 'books'>
  rights: Rights
  locale: Locale
  today: IsoDate
}

/**
 * Closes a fiscal year: moves its result to equity by a voucher through the ledger's one door, locks its months hard, and keeps
 * its figures with their hash. Cut off on the way, it is done by asking again: what stands is not done twice.
 * @throws Problem 404 fiscal-year/unknown; 422 request/invalid with fiscal-year/not-over, fiscal-year/earlier-result,
 * fiscal-year/locked, account/unknown or field/invalid; 423 period/locked; 409 voucher/contended.
 */
export async function closeYear(ctx: Context, name: number, wanted: NewClosing): Promise<YearClosing> {
  const { db, env, access, by, at, rights, locale, today } = ctx
  const view = await readClosing(db, name, today, wanted)
  if (view.issues.some(isError)) throw new Problem(422, 'request/invalid', { issues: view.issues })
  const { year, result } = view
  let voucher: string | null = null
  if (result !== 0) {
    const text = fill(yearWords[locale].transfer, { year: year.year }, locale)
    const drafts = [closingDraft(wanted, year, result, text)]
    const done = await runJob(env, access, {
      do: 'post',
      drafts,
      mode: 'all-or-nothing',
      single: true,
      atVersion: view.ledgerVersion, // so that two who close at once do not move the result twice
      by,
      name: ctx.name,
      rights,
    })
    voucher = (('vouchers' in done ? done.vouchers[0] : undefined) as PostedAnswer).id
  }
  const [fromMonth, toMonth] = [monthOf(year.firstDate), monthOf(year.lastDate)]
  const lock = await lockPeriods(ctx, access.books, { fromMonth, toMonth, level: 'hard', reason: wanted.reason }, true)
  const report = await readYearFigures(db, year, today, lock.ledgerVersion)
  const closing: YearClosing = {
    id: idOf('ycl', crypto.getRandomValues(new Uint8Array(17))),
    year: year.year,
    lock: lock.id,
    voucher,
    result,
    ledgerVersion: lock.ledgerVersion,
    figures: frozen(report.rows),
    hash: report.hash,
    by,
    recordedAt: at,
  }
  const event = {
    type: 'fiscal-year.closed',
    at,
    by,
    subject: String(year.year),
    changes: {
      result: [null, result] as const,
      hash: [null, report.hash] as const,
      reason: [null, wanted.reason] as const,
    },
  }
  const [kept] = await db.batch([insertClosing(closing, toMonth), insertEventsIfChanged(event)], 'write')
  if (kept!.rowsAffected === 0) throw new Problem(409, 'voucher/contended')
  return closing
}
