import { counted, kroner } from '#i18n/format.ts'
import { leftText, matchText } from '#i18n/match-text.ts'
import type { MatchAnswer } from '#worker/ledger/job.ts'
import { type Automatic, matchAutomatically } from '#worker/subledger/match-items.ts'
import { type Page, page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { matcherOf } from './open-items-page.tsx'

/** What each page shows of the matches; all of them are made. */
const SHOWN = 500

const kindIn = (c: Page) => (c.req.query('kind') === 'supplier' ? 'supplier' : 'customer')
const isMatch = (m: Automatic['matches'][number]): m is MatchAnswer => m.status !== 'refused'

/** What the rules would match, each with its reason, and the payments that are left to a person. Nothing is matched by looking. */
export async function automaticPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.subledger.page
  const { db, locale, access } = c.var
  const kind = kindIn(c)
  await statusFirst(c)
  const found = await matchAutomatically(matcherOf(c), db, { kind, dryRun: true })
  const matches = found.matches.filter(isMatch)
  const list = companyPath(access, `/open-items?kind=${kind}`)
  return page(
    c,
    {
      title: words.proposals,
      area: 'openItems',
      layout: 'report',
      keys: [...(matches.length > 0 ? [['M', words.keys.match] as const] : []), ['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head" data-drawn-from="match">
        <div>
          <h1>{words.proposals}</h1>
          <p>{words.proposalsIntro}</p>
        </div>
        {matches.length > 0 && (
          <form class="hb-actions" method="post" action={`?kind=${kind}`}>
            <button class="ds-button" type="submit" data-key="M">
              {found.cursor ? words.goOn : words.match}
            </button>
          </form>
        )}
      </div>
      {matches.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.noProposals}</h2>
        </div>
      ) : (
        <section>
          <table class="hb-table" data-rows data-list>
            <thead>
              <tr>
                <th>{words.column.party}</th>
                <th data-width="wide">{words.why}</th>
                <th>{words.which}</th>
                <th class="hb-num">{words.column.amount}</th>
              </tr>
            </thead>
            <tbody>
              {matches.slice(0, SHOWN).map((match) => (
                <tr>
                  <td class="hb-accno">{match.party}</td>
                  <td>
                    <a
                      class="hb-opens hb-row-link"
                      href={companyPath(access, `/open-items/${match.lines[0]!.openItem}`)}
                    >
                      {matchText(match, locale)}
                    </a>
                  </td>
                  <td class="hb-quiet" data-line="2">
                    {counted(match.lines.length, words.items, locale)}
                  </td>
                  <td class="hb-num">{kroner(settledBy(match), locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {found.left.length > 0 && (
        <>
          <div class="hb-section-head">
            <h2>{words.leftOver}</h2>
            <a class="ds-button" data-variant="secondary" href={companyPath(access, '/open-items/left')}>
              {words.left.review}
            </a>
          </div>
          <section>
            <table class="hb-table" data-rows data-list>
              <thead>
                <tr>
                  <th>{words.column.party}</th>
                  <th data-width="wide">{words.why}</th>
                  <th class="hb-num">{words.column.rest}</th>
                </tr>
              </thead>
              <tbody>
                {found.left.slice(0, SHOWN).map(({ item, why }) => (
                  <tr>
                    <td class="hb-accno">{item.party}</td>
                    <td>
                      <a class="hb-opens hb-row-link" href={`${list}&party=${encodeURIComponent(item.party)}`}>
                        {leftText(why, locale)}
                      </a>
                    </td>
                    <td class="hb-num">{kroner(item.rest, locale)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
      <a href={list} data-key="Escape" hidden>
        {words.back}
      </a>
    </>,
  )
}

/** One side of a match, in øre: what it settles. */
const settledBy = (match: MatchAnswer): number => match.lines.reduce((sum, l) => sum + (l.amount > 0 ? l.amount : 0), 0)

/** Makes the matches, party after party, and goes back to what is open. */
export async function submitAutomatic(c: Page): Promise<Response> {
  const kind = kindIn(c)
  let made = 0
  let cursor: string | null | undefined
  while (cursor !== null) {
    const done: Automatic = await matchAutomatically(matcherOf(c), c.var.db, { kind, ...(cursor && { cursor }) })
    made += done.matches.filter(isMatch).length
    cursor = done.cursor
  }
  return c.redirect(companyPath(c.var.access, `/open-items?kind=${kind}&matched=${made}`), 303)
}
