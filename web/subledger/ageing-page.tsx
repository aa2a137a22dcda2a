import { day, fill, kroner } from '#i18n/format.ts'
import { readAgeing } from '#worker/subledger/read-ageing.ts'
import { today } from '../day-field.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { type Page, page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { Unread } from '../unread.tsx'
import { addressOf, choicesIn, exportQuery, ItemChoicesForm, questionOf } from './item-choices.tsx'
import { spanNames } from './party-ageing.tsx'

/** What each party owes, or is owed, by days past due; with the check that it sums to the control accounts. */
export async function ageingPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.subledger.page
  const { db, locale, access } = c.var
  const choices = choicesIn(c)
  await statusFirst(c)
  const found = await readAgeing(db, questionOf(choices), today())
  const { buckets, totals } = found
  const heads = spanNames(c, buckets)
  const figure = (n: number) => (n === 0 ? '' : kroner(n, locale))
  const [check] = found.checks
  return page(
    c,
    {
      title: words.ageing,
      area: 'openItems',
      layout: 'report',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
        ['Esc', t.shell.keys.back],
      ],
    },
    <>
      <div class="hb-head" data-drawn-from="match">
        <div>
          <h1>{words.ageing}</h1>
          <p>
            {words.kinds[found.kind]} · {day(found.asAtDate)}
          </p>
        </div>
        <div class="hb-actions">
          {choices.unread.length === 0 && (
            <ExportMenu c={c} path="ageing" query={exportQuery({ ...choices, overdue: false, order: undefined })} />
          )}
        </div>
      </div>
      <ItemChoicesForm c={c} choices={choices} />
      {choices.unread.length > 0 ? (
        <Unread c={c} days={choices.unread} />
      ) : found.rows.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.empty}</h2>
          <p>{words.emptyText}</p>
        </div>
      ) : (
        <section>
          <div class="hb-scroll-narrow">
            <table class="hb-table" data-rows data-list>
              <thead>
                <tr>
                  <th>{words.column.party}</th>
                  <th data-width="wide" />
                  <th class="hb-num">{words.column.notDue}</th>
                  {heads.map((head) => (
                    <th class="hb-num">{head}</th>
                  ))}
                  <th class="hb-num">{words.column.total}</th>
                </tr>
              </thead>
              <tbody>
                {found.rows.map((row) => (
                  <tr>
                    <td class="hb-accno" data-line="2">
                      {row.party}
                    </td>
                    <td>
                      <a
                        class="hb-opens hb-row-link"
                        href={companyPath(access, `/open-items${addressOf(choices, { party: row.party })}`)}
                      >
                        {row.partyName}
                      </a>
                    </td>
                    <td class="hb-num hb-only-wide">{figure(row.notDue)}</td>
                    {row.pastDue.map((n) => (
                      <td class="hb-num hb-only-wide">{figure(n)}</td>
                    ))}
                    <td class="hb-num">{kroner(row.total, locale)}</td>
                  </tr>
                ))}
                <tr class="hb-sum">
                  <td colspan={2}>{words.sum}</td>
                  <td class="hb-num hb-only-wide">{figure(totals.notDue)}</td>
                  {totals.pastDue.map((n) => (
                    <td class="hb-num hb-only-wide">{figure(n)}</td>
                  ))}
                  <td class="hb-num">{kroner(totals.total, locale)}</td>
                </tr>
              </tbody>
            </table>
          </div>
        </section>
      )}
      <p class={check!.holds ? 'hb-quiet' : 'hb-error-text'}>
        <span class="hb-proof-mark" data-broken={check!.holds ? undefined : true} />{' '}
        {check!.holds ? words.holds : fill(words.fails, { amount: check!.difference }, locale)}
      </p>
      <a href={companyPath(access, `/open-items${addressOf(choices)}`)} data-key="Escape" hidden>
        {words.title}
      </a>
    </>,
  )
}
