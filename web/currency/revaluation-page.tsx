import { fill, kroner } from '#i18n/format.ts'
import { mayDo, mayPassSoftLock } from '#worker/access/permission.ts'
import { addDays, firstDay, type IsoDate, lastDay, monthOf } from '#worker/core/dates.ts'
import { idOf, type VoucherId } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { postRevaluation, readRevaluation } from '#worker/currency/post-revaluation.ts'
import { actingOf } from '#worker/http/acting.ts'
import { DayPick, dayIn, today } from '../day-field.tsx'
import { ErrorSummary, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { Unread, unreadIn } from '../unread.tsx'

type Found = Awaited<ReturnType<typeof readRevaluation>>

/** The last day of the month that ended last, which is what one revalues at. */
const usualDay = (): IsoDate => lastDay(monthOf(addDays(firstDay(monthOf(today())), -1)))

const newId = (): VoucherId => idOf('vch', crypto.getRandomValues(new Uint8Array(17)))

/** Open items in foreign currencies at the rates of a day, and the button that books what they differ by. */
export async function revaluationPage(c: Page, tried?: Tried, message?: string): Promise<Response> {
  const t = textsOf(c)
  const words = t.currency.revaluation
  const { db, access, locale } = c.var
  const asked = { date: c.req.query('date') ?? tried?.fields.date }
  const date = dayIn(asked.date) ?? usualDay()
  const unread = unreadIn(asked, ['date'])
  const id = newId()
  const found = await readRevaluation(db, date, id, locale)
  const mayPost =
    mayDo(access, 'ledger:post') && unread.length === 0 && found.draft !== null && found.missing.length === 0
  return page(
    c,
    { title: words.title, area: 'currency', status: (tried?.problem.status as 422 | undefined) ?? 200 },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.note}</p>
        </div>
      </div>
      <form class="hb-picks hb-no-print" method="get">
        <DayPick label={words.date} name="date" value={asked.date?.trim() || date} hint={t.shell.dayHint} />
        <button class="ds-button" data-variant="tertiary" type="submit">
          {words.show}
        </button>
      </form>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={['reason']} />
        {message && (
          <div class="hb-notice" data-level="done" role="status" tabindex={-1} autofocus>
            <p>{message}</p>
          </div>
        )}
        {unread.length === 0 && found.missing.length > 0 && (
          <div class="hb-notice" data-level="warning" role="status">
            <p>{fill(words.missing, { currencies: found.missing.join(', ') }, locale)}</p>
          </div>
        )}
      </div>
      <Unread c={c} days={unread}>
        {found.items.length > 0 && <Items c={c} found={found} />}
        {found.draft === null && found.missing.length === 0 && <p class="hb-quiet">{words.nothing}</p>}
      </Unread>
      {mayPost && (
        <form class="hb-form hb-section" method="post" action={companyPath(access, '/currency/revaluation')}>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="date" value={date} />
          <TextField
            label={words.reason}
            name="reason"
            value={tried?.fields.reason}
            help={words.reasonHelp}
            maxlength={255}
          />
          <div class="hb-form-actions">
            <button class="ds-button" type="submit">
              {words.submit}
            </button>
          </div>
        </form>
      )}
    </>,
  )
}

function Items({ c, found }: { c: Page; found: Found }) {
  const words = textsOf(c).currency.revaluation
  const { column } = words
  const { locale, access } = c.var
  const sum = found.items.reduce((total, { adjustment }) => total + adjustment, 0)
  return (
    <table class="hb-table" data-list>
      <thead>
        <tr>
          <th>{column.party}</th>
          <th>{column.invoice}</th>
          <th class="hb-num">{column.rest}</th>
          <th class="hb-num">{column.booked}</th>
          <th class="hb-num">{column.rate}</th>
          <th class="hb-num">{column.worth}</th>
          <th class="hb-num">{column.difference}</th>
        </tr>
      </thead>
      <tbody>
        {found.items.map(({ item, rate, worth, adjustment }) => (
          <tr>
            <td>
              <a class="hb-opens" href={companyPath(access, `/parties/${item.kind}/${encodeURIComponent(item.party)}`)}>
                {item.party} {item.partyName}
              </a>
            </td>
            <td data-line="2">{item.invoiceNumber}</td>
            <td class="hb-num hb-nowrap" data-label={column.rest}>
              {kroner(item.currencyRest!, locale)} {item.currency}
            </td>
            <td class="hb-num hb-only-wide">{kroner(item.rest, locale)}</td>
            <td class="hb-num hb-only-wide">{fill('{rate:decimal}', { rate: rate.rate }, locale)}</td>
            <td class="hb-num hb-only-wide">{kroner(worth, locale)}</td>
            <td class="hb-num" data-label={column.difference}>
              {kroner(adjustment, locale)}
            </td>
          </tr>
        ))}
        <tr class="hb-sum">
          <td colspan={6}>{words.sum}</td>
          <td class="hb-num">{kroner(sum, locale)}</td>
        </tr>
      </tbody>
    </table>
  )
}

export async function submitRevaluation(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const date = dayIn(fields.date)
      if (!date) throw new Problem(422, 'date/invalid')
      const id = /^vch_[0-9a-z]{26}$/.test(fields.id ?? '') ? (fields.id as VoucherId) : newId()
      const rights = { softLock: mayPassSoftLock(c.var.access) }
      const { access, locale, principal } = c.var
      const ctx = { ...actingOf(c), env: c.env, access, name: principal.name, rights, locale }
      await postRevaluation(ctx, { id, date, reason: fields.reason })
      return revaluationPage(c, undefined, textsOf(c).currency.revaluation.done)
    },
    (tried) => revaluationPage(c, tried),
  )
}
