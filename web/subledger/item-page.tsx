import { day, fill, kroner, moment, voucherName } from '#i18n/format.ts'
import { matchText } from '#i18n/match-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import { pathText } from '#worker/http/accept.ts'
import { undoMatch } from '#worker/subledger/match-items.ts'
import { readOpenItem } from '#worker/subledger/read-match.ts'
import { today } from '../day-field.tsx'
import { readForm } from '../form.ts'
import { type Page, page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { matcherOf } from './open-items-page.tsx'

/** One open item, settled or not, and every match of it with its reason; a live one can be undone. */
export async function itemPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.subledger.page
  const { db, locale, access } = c.var
  await statusFirst(c)
  const item = await readOpenItem(db, pathText(c, 'openItem'), today())
  const name = voucherName(item.voucher)
  const mayMatch = mayDo(access, 'subledger:match')
  const here = companyPath(access, `/open-items/${item.id}`)
  return page(
    c,
    { title: `${words.item} ${name}`, area: 'openItems', layout: 'report', keys: [['Esc', t.shell.keys.back]] },
    <>
      <div class="hb-head" data-drawn-from="match">
        <div>
          <h1>{[item.invoiceNumber ?? name, item.partyName].join(', ')}</h1>
          <p>
            <a href={companyPath(access, `/vouchers/${item.voucher.id}`)}>{name}</a> · {day(item.voucherDate)}
            {item.dueDate && ` · ${words.column.due} ${day(item.dueDate)}`}
            {item.paymentReference && ` · ${words.column.reference} ${item.paymentReference}`}
          </p>
        </div>
      </div>
      <dl class="hb-pairs">
        <div>
          <dt>{words.column.amount}</dt>
          <dd class="hb-num">{kroner(item.amount, locale)}</dd>
        </div>
        <div>
          <dt>{words.column.rest}</dt>
          <dd class="hb-num">{item.rest === 0 ? words.settled : kroner(item.rest, locale)}</dd>
        </div>
      </dl>
      <h2>{words.matches}</h2>
      {item.matches.length === 0 && <p class="hb-quiet">{words.noMatches}</p>}
      {item.matches.length > 0 && (
        <section>
          <table class="hb-table" data-rows data-list>
            <thead>
              <tr>
                <th>{words.column.date}</th>
                <th data-width="wide">{words.why}</th>
                <th>{words.madeBy}</th>
                <th class="hb-num">{words.column.amount}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {item.matches.map((match) => {
                const other = match.lines.find((l) => l.openItem !== item.id)
                return (
                  <tr>
                    <td class="hb-date" data-line="2">
                      {day(match.matchDate)}
                    </td>
                    <td>
                      <a
                        class="hb-opens hb-row-link"
                        href={companyPath(access, `/open-items/${other?.openItem ?? item.id}`)}
                      >
                        {matchText(match, locale)}
                      </a>
                      {match.undone && (
                        <span class="hb-quiet"> {fill(words.undone, { at: moment(match.undone.at) }, locale)}</span>
                      )}
                    </td>
                    <td class="hb-quiet" data-line="2">
                      {match.recordedAt && moment(match.recordedAt)}
                    </td>
                    <td class="hb-num">
                      {kroner(match.lines.find((l) => l.openItem === item.id)?.amount ?? 0, locale)}
                    </td>
                    <td class="hb-num">
                      {mayMatch && !match.undone && (
                        <form method="post" action={companyPath(access, `/matches/${match.id}/undo`)}>
                          <input type="hidden" name="return" value={here} />
                          <button class="ds-button" data-variant="tertiary" type="submit">
                            {words.undo}
                          </button>
                        </form>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
      )}
      <a href={companyPath(access, `/open-items?kind=${item.kind}`)} data-key="Escape" hidden>
        {words.title}
      </a>
    </>,
  )
}

/** Undoes a match and shows the item that it was undone from. */
export async function submitUndo(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const match = await undoMatch(matcherOf(c), pathText(c, 'match'), {})
  const own = companyPath(c.var.access, '/open-items/')
  const back = fields.return?.startsWith(own) ? fields.return : `${own}${match.lines[0]!.openItem}`
  return c.redirect(back, 303)
}
