import { fill } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { mayDo, rightsOf } from '#worker/access/permission.ts'
import { actingOf } from '#worker/http/acting.ts'
import { bookMovements, readMovements, reverseMovements } from '#worker/takeover/book-movements.ts'
import { ExportMenu } from '../exports/export-menu.tsx'
import { ErrorSummary, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, page } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** The sheet of movements: the frame that `web/islands/movements-grid.ts` fills, and what is done with the sheet as a whole. */
export async function movementsPage(c: Page, tried?: Tried): Promise<Response> {
  const { access, locale, db } = c.var
  const words = takeoverTexts[locale].sheet
  const { plan, months } = await readMovements(db)
  const path = companyPath(access, '/takeover/movements')
  const mayWrite = mayDo(access, 'import:run') && !plan.finishedAt
  const mayBook = mayDo(access, 'ledger:post') && !plan.finishedAt
  const stands = months.some(({ state }) => state === 'booked' || state === 'changed')
  const heading = fill(words.heading, { from: months[0]!.month, to: months.at(-1)!.month }, locale)
  const { rows: _, keptMonths: __, ...own } = plan
  return page(
    c,
    {
      title: heading,
      area: 'takeover',
      keys: [
        ['F8', words.keyNext],
        ['Ctrl Z', words.keyUndo],
      ],
      styles: ['movements-grid.css'],
      scripts: ['movements-grid.js'],
      status: (tried?.problem.status as 422 | undefined) ?? 200,
    },
    <div
      class="hb-entry hb-budget"
      id="movements"
      data-company={access.id}
      data-user={c.var.principal.id}
      data-plan={JSON.stringify(own)}
      data-locale={locale}
      data-writable={mayWrite ? 'yes' : 'no'}
      data-licence-key={c.env.HANDSONTABLE_LICENSE_KEY ?? 'non-commercial-and-evaluation'}
    >
      <div class="hb-head">
        <div>
          <h1>{heading}</h1>
          <div class="hb-notices" id="movement-notices" role="status" />
          <div class="hb-notices" id="sheet-news" role="status" />
          <p>{fill(words.lead, { customers: plan.interimCustomers, suppliers: plan.interimSuppliers }, locale)}</p>
        </div>
        <div class="hb-actions hb-no-print">
          <span class="hb-small hb-quiet" id="save-state" role="status" />
          <ExportMenu c={c} path="movements" />
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/takeover')}>
            {words.back}
          </a>
          {stands && mayBook && (
            <form method="post" action={`${path}/reversal`}>
              <button class="ds-button" data-variant="tertiary" type="submit">
                {words.undo}
              </button>
            </form>
          )}
          {mayBook && (
            <form method="post" action={`${path}/booking`} id="booking">
              {stands && <input type="hidden" name="replace" value="yes" />}
              <button class="ds-button" type="submit" id="book" aria-disabled="true" aria-describedby="movements-say">
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
      <div class="hb-gauges hb-month-gauges" id="gauges" />
      <p class="hb-small hb-quiet" id="movements-say" aria-live="polite" />
      <section class="hb-pasted" id="offer" aria-live="polite" hidden />
      <div class="hb-find" id="find" role="search" hidden />
      <div class="hb-sheet" data-keys="own">
        <div id="movement-grid">
          <p class="hb-quiet" id="grid-loading">
            {words.loading}
          </p>
        </div>
      </div>
      <p class="hb-cell-says" id="cell-says" aria-live="polite" />
    </div>,
  )
}

const postingOf = (c: Page) => ({
  ...actingOf(c),
  env: c.env,
  access: c.var.access,
  name: c.var.principal.name,
  rights: rightsOf(c.var.access),
})

const submitting =
  (work: (c: Page, replace: boolean) => Promise<unknown>) =>
  async (c: Page): Promise<Response> => {
    const fields = await readForm(c)
    return tryForm(
      fields,
      async () => {
        await work(c, fields.replace === 'yes')
        return c.redirect(companyPath(c.var.access, '/takeover'), 303)
      },
      (tried) => movementsPage(c, tried),
    )
  }

export const submitMovements = submitting((c, replace) => bookMovements(postingOf(c), replace))
export const submitMovementsReversal = submitting((c) => reverseMovements(postingOf(c), null))
