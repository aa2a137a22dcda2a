import { fill, voucherName } from '#i18n/format.ts'
import { problemText, withText } from '#i18n/problem-text.ts'
import { rightsOf } from '#worker/access/permission.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { DayField, dayIn } from '../day-field.tsx'
import { type Fields, readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import type { Page } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { type Shown, voucherPage } from './voucher-page.tsx'

/** A reversal that was refused: what was asked, and why not. */
export type ReversalTried = { fields: Fields; problem: Problem }

/**
 * Date and reason of a reversal. The form carries the id of the voucher it makes, so that a double click makes one. It stands
 * open when it was refused.
 */
export function ReverseDialog({ c, t, locale, voucher, around, tried }: Shown & { tried: ReversalTried | undefined }) {
  const words = t.vouchers.reverse
  const date = tried?.fields.voucherDate ?? around.reversalDay ?? voucher.voucherDate
  const name = voucherName(voucher)
  // The reversal's own date decides its VAT term; the rate stays that of the original, whose term may be filed.
  const movesVat = around.level !== 'open' && voucher.entries.some((e) => e.vatCode && e.vatCode !== '0')
  return (
    <dialog
      class="ds-dialog hb-dialog"
      id="reverse"
      aria-labelledby="reverse-title"
      data-open-now={tried ? true : undefined}
      open={tried ? true : undefined}
    >
      <h2 id="reverse-title">{fill(words.title, { voucher: name }, locale)}</h2>
      <p>{words.intro}</p>
      {movesVat && <p>{fill(words.vatTerm, { date: voucher.vatDate }, locale)}</p>}
      <form class="hb-form" method="post" action={companyPath(c.var.access, `/vouchers/${voucher.id}/reversal`)}>
        <input type="hidden" name="id" value={tried?.fields.id ?? newId()} />
        {tried && (
          <div class="hb-notice" data-level="error" role="alert">
            {messagesOf(tried.problem, locale).map((message) => (
              <p>{message}</p>
            ))}
          </div>
        )}
        <div class="ds-field">
          <label class="ds-label" for="reverse-date">
            {words.date}
          </label>
          <DayField
            class="ds-input"
            id="reverse-date"
            name="voucherDate"
            value={date}
            hint={t.shell.dayHint}
            required
          />
        </div>
        <div class="ds-field">
          <label class="ds-label" for="reverse-reason">
            {words.reason}
          </label>
          <input
            class="ds-input"
            id="reverse-reason"
            type="text"
            name="reason"
            value={tried?.fields.reason}
            maxlength={255}
            required
            autofocus
            aria-describedby="reverse-reason-help"
          />
          <small id="reverse-reason-help">{words.reasonHelp}</small>
        </div>
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            <Icon name="back" />
            {words.submit}
          </button>
          <button class="ds-button" data-variant="tertiary" type="submit" formmethod="dialog" formnovalidate>
            {words.cancel}
          </button>
        </div>
      </form>
    </dialog>
  )
}

const newId = (): string => idOf('vch', crypto.getRandomValues(new Uint8Array(17)))

/** What a problem says: its issues, else itself. */
export function messagesOf(problem: Problem, locale: 'nb' | 'en'): string[] {
  const issues = problem.issues.map((issue) => withText(issue, locale).message)
  return issues.length > 0 ? [...new Set(issues)] : [problemText(problem.code, problem.params, locale)]
}

/** Reverses as the form says, and shows the reversal; or the same page with what must be put right. */
export async function submitReversal(c: Page): Promise<Response> {
  const fields = await readForm(c)
  try {
    const voucherDate = dayIn(fields.voucherDate)
    if (!voucherDate) throw new Problem(422, 'date/invalid')
    const done = await runJob(c.env, c.var.access, {
      do: 'reverse',
      of: pathText(c, 'voucher'),
      id: /^vch_[0-9a-z]{26}$/.test(fields.id ?? '') ? fields.id! : newId(),
      voucherDate,
      reason: fields.reason?.slice(0, 255) ?? null,
      by: c.var.principal.id,
      name: c.var.principal.name,
      rights: rightsOf(c.var.access),
    })
    const posted = 'vouchers' in done ? done.vouchers[0] : undefined
    return c.redirect(companyPath(c.var.access, `/vouchers/${posted!.id}`), 303)
  } catch (error) {
    if (error instanceof Problem && error.status < 500 && error.status !== 404)
      return voucherPage(c, { fields, problem: error })
    throw error
  }
}
