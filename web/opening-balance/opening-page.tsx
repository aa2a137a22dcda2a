import { fill, voucherName } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { mayDo, rightsOf } from '#worker/access/permission.ts'
import { type IsoDate, isoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { bookOpening, readOpeningBooks, reverseOpening } from '#worker/opening-balance/book-opening.ts'
import { readPart } from '#worker/opening-balance/read-part.ts'
import { removeOpening } from '#worker/opening-balance/save-opening.ts'
import { readOpening } from '#worker/opening-balance/store.ts'
import { ExportMenu } from '../exports/export-menu.tsx'
import { ErrorSummary, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, page } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** An opening balance: the frame that `web/islands/opening-grid.ts` fills, and what is done with the list as a whole. */
export async function openingPage(c: Page, tried?: Tried): Promise<Response> {
  const { access, locale, db } = c.var
  const words = openingTexts[locale]
  const date = dayOf(c)
  const opening = await readOpening(db, date)
  const part = await readPart(db, date, () => readOpeningBooks(db))
  const path = companyPath(access, `/opening-balances/${date}`)
  const mayWrite = mayDo(access, 'import:run')
  const mayBook = mayDo(access, 'ledger:post')
  const stands = opening?.state === 'booked' || opening?.state === 'changed'
  return page(
    c,
    {
      title: fill(words.heading, { date }, locale),
      area: 'openingBalance',
      keys: [
        ['F8', words.keyNext],
        ['Ctrl Z', words.keyUndo],
      ],
      styles: ['opening-grid.css'],
      scripts: ['opening-grid.js'],
      status: (tried?.problem.status as 422 | undefined) ?? 200,
    },
    <div
      class="hb-entry hb-budget"
      id="opening"
      data-company={access.id}
      data-user={c.var.principal.id}
      data-date={date}
      data-part={JSON.stringify(part)}
      data-kept={opening ? 'yes' : 'no'}
      data-locale={locale}
      data-writable={mayWrite ? 'yes' : 'no'}
      data-licence-key={c.env.HANDSONTABLE_LICENSE_KEY ?? 'non-commercial-and-evaluation'}
    >
      <div class="hb-head">
        <div>
          <h1>
            {fill(words.heading, { date }, locale)}{' '}
            {opening && (
              <span class="hb-chip" data-state={opening.state === 'booked' ? 'proven' : undefined}>
                {words.states[opening.state]}
              </span>
            )}
          </h1>
          <div class="hb-notices" id="opening-notices" role="status" />
          <div class="hb-notices" id="sheet-news" role="status" />
          <p>
            {stands ? (
              <a href={companyPath(access, `/vouchers/${opening!.voucher!.id}`)}>
                {fill(words.bookedAs, { voucher: voucherName(opening!.voucher!) }, locale)}
              </a>
            ) : (
              words.leads[part.role]
            )}
          </p>
        </div>
        <div class="hb-actions hb-no-print">
          <span class="hb-small hb-quiet" id="save-state" role="status" />
          {opening && <ExportMenu c={c} path={`opening-balances/${date}`} />}
          {stands && mayBook && (
            <form method="post" action={`${path}/reversal`}>
              <button class="ds-button" data-variant="tertiary" type="submit">
                {words.undo}
              </button>
            </form>
          )}
          {opening && !stands && mayWrite && (
            <form method="post" action={`${path}/removal`}>
              <button class="ds-button" data-variant="tertiary" type="submit">
                {words.remove}
              </button>
            </form>
          )}
          {mayBook && (
            <form method="post" action={`${path}/booking`} id="booking">
              {stands && <input type="hidden" name="replace" value="yes" />}
              <button class="ds-button" type="submit" id="book" aria-disabled="true" aria-describedby="opening-says">
                <Icon name="lock" />
                {stands ? words.replace : words.book}
              </button>
            </form>
          )}
        </div>
      </div>
      <ErrorSummary c={c} tried={tried} />
      <noscript>
        <div class="hb-notice" data-level="warning">
          {words.needsScript}
        </div>
      </noscript>
      <div class="hb-gauges" id="gauges" />
      <p class="hb-small hb-quiet" id="opening-says" aria-live="polite" />
      <div class="hb-picks hb-no-print">
        <label class="hb-pick">
          {words.resultAccount}
          <select id="result-account" disabled={!mayWrite}>
            <option value="">{words.keepResult}</option>
            <option value="2050">2050</option>
            <option value="8800">8800</option>
          </select>
        </label>
      </div>
      <section class="hb-pasted" id="pasted" aria-live="polite" hidden />
      <div class="hb-find" id="find" role="search" hidden />
      <div class="hb-sheet" data-keys="own">
        <div id="opening-grid">
          <p class="hb-quiet" id="grid-loading">
            {words.loading}
          </p>
        </div>
      </div>
      <p class="hb-cell-says" id="cell-says" aria-live="polite" />
    </div>,
  )
}

/** @throws Problem 404 opening-balance/unknown for a path that is no day. */
function dayOf(c: Page): IsoDate {
  const day = isoDate(pathText(c, 'openingDate'))
  if (!day) throw new Problem(404, 'opening-balance/unknown', { params: { date: '' } })
  return day
}

const postingOf = (c: Page) => ({
  ...actingOf(c),
  env: c.env,
  access: c.var.access,
  name: c.var.principal.name,
  rights: rightsOf(c.var.access),
})

/** Does something with the list as a whole, and shows it again. */
const submitting =
  (work: (c: Page, date: IsoDate, replace: boolean) => Promise<unknown>, to = '') =>
  async (c: Page): Promise<Response> => {
    const date = dayOf(c)
    const fields = await readForm(c)
    return tryForm(
      fields,
      async () => {
        await work(c, date, fields.replace === 'yes')
        return c.redirect(companyPath(c.var.access, to || `/opening-balances/${date}`), 303)
      },
      (tried) => openingPage(c, tried),
    )
  }

export const submitOpeningBooking = submitting((c, date, replace) => bookOpening(postingOf(c), date, replace))
export const submitOpeningReversal = submitting((c, date) => reverseOpening(postingOf(c), date, null))
export const submitOpeningRemoval = submitting((c, date) => removeOpening(actingOf(c), date), '/opening-balances')
