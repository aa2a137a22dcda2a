import { day, voucherName } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readUsualDay } from '#worker/opening-balance/plan-store.ts'
import { readOpenings } from '#worker/opening-balance/store.ts'
import { DayPick, dayIn } from '../day-field.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { Unread, unreadIn } from '../unread.tsx'

/** Opening balances, and the day one begins with. `?date=` goes to the list of that day. */
export async function openingsPage(c: Page): Promise<Response> {
  const { access, locale, db } = c.var
  const t = textsOf(c)
  const words = openingTexts[locale]
  const asked = dayIn(c.req.query('date'))
  if (asked) return c.redirect(companyPath(access, `/opening-balances/${asked}`), 303)
  const [openings, usual] = [await readOpenings(db), await readUsualDay(db, false)]
  const mayWrite = mayDo(access, 'import:run')
  return page(
    c,
    { title: words.title, area: 'openingBalance', layout: 'report' },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      {mayWrite && (
        <form class="hb-picks" method="get">
          <DayPick
            label={words.date}
            name="date"
            value={c.req.query('date')?.trim() || (usual ?? '')}
            hint={t.shell.dayHint}
          />
          <button class="ds-button" data-variant="secondary" type="submit">
            {words.open}
          </button>
          <span class="hb-quiet hb-small">{words.dateHelp}</span>
        </form>
      )}
      <Unread c={c} days={unreadIn(c.req.query(), ['date'])} />
      {openings.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.empty}</h2>
          <p>{words.emptyText}</p>
        </div>
      ) : (
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <th>{words.when}</th>
              <th>{words.state}</th>
              <th class="hb-num">{words.rows}</th>
              <th>{words.voucher}</th>
            </tr>
          </thead>
          <tbody>
            {openings.map((o) => (
              <tr>
                <td>
                  <a class="hb-opens hb-row-link" href={companyPath(access, `/opening-balances/${o.openingDate}`)}>
                    {day(o.openingDate)}
                  </a>
                </td>
                <td data-line="2">
                  <span class="hb-chip" data-state={o.state === 'booked' ? 'proven' : undefined}>
                    {words.states[o.state]}
                  </span>
                </td>
                <td class="hb-num">{o.rows.length}</td>
                <td data-line="2">{o.voucher && voucherName(o.voucher)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>,
  )
}
