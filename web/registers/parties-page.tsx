import { fill, kroner, organisationNumber } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { cursorAfter } from '#worker/parties/party-search.ts'
import { readParties } from '#worker/parties/store.ts'
import { readPartyBalances } from '#worker/reports/read-party-balances.ts'
import { today } from '../day-field.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

const PAGE = 200

/** Customers or suppliers with their balances; searched by number, name or organisation number. */
export async function partiesPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.registers.parties
  const { db, locale, access } = c.var
  const kind: PartyKind = c.req.query('kind') === 'supplier' ? 'supplier' : 'customer'
  const q = c.req.query('q')?.trim().slice(0, 100) ?? ''
  const cursor = c.req.query('cursor')
  const question = { today: today(), filter: { kind, dimensions: {} } }
  const mayReport = mayDo(access, 'report:read')
  const [found, balances] = await Promise.all([
    readParties(db, { kind, ...(q && { q }), ...(cursor && { cursor }) }, PAGE),
    mayReport ? readPartyBalances(db, question) : undefined,
  ])
  const shown = found.slice(0, PAGE)
  const rows = new Map(balances?.rows.map((row) => [row.party, row]))
  const more = found.length > PAGE ? cursorAfter(shown.at(-1)!.party) : undefined
  const create = mayDo(access, 'register:write') && (
    <>
      <a
        class="ds-button"
        data-variant="tertiary"
        href={companyPath(access, `/imports?register=${kind === 'supplier' ? 'suppliers' : 'customers'}`)}
      >
        {words.import.open}
      </a>
      <a class="ds-button" data-variant="secondary" href={companyPath(access, `/parties/new?kind=${kind}`)}>
        {words.newOf[kind]}
      </a>
    </>
  )
  return page(
    c,
    {
      title: words.kinds[kind],
      area: 'parties',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
        ['/', t.shell.keys.search],
      ],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.kinds[kind]}</h1>
          <p>{balances && fill(words.intro[kind], { amount: balances.totals.closing }, locale)}</p>
        </div>
        <div class="hb-actions">
          <ExportMenu c={c} path="parties" query={{ kind, q }} />
          {create}
        </div>
      </div>
      <form class="hb-picks hb-no-print" method="get" role="search">
        <div class="hb-choices">
          {(['customer', 'supplier'] as const).map((k) => (
            <a href={`?kind=${k}`} aria-current={k === kind ? 'true' : undefined}>
              {words.kinds[k]}
            </a>
          ))}
        </div>
        <input type="hidden" name="kind" value={kind} />
        <label class="hb-pick">
          {t.registers.search}
          <input type="search" name="q" value={q} placeholder={words.searchHint} data-search />
        </label>
        <button class="ds-button" data-variant="tertiary" type="submit">
          {t.registers.show}
        </button>
        {q && <a href={`?kind=${kind}`}>{t.registers.showAll}</a>}
      </form>
      {shown.length === 0 ? (
        <div class="hb-empty">
          <h2>{q ? t.registers.nothing : words.empty[kind]}</h2>
          <p>{q ? `«${q}»` : words.empty.text}</p>
          {!q && create}
        </div>
      ) : (
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <th>{words.column.number}</th>
              <th data-width="wide">{words.column.name}</th>
              <th>{words.column.organisationNumber}</th>
              <th>{words.column.place}</th>
              <th class="hb-num">{words.column.debit}</th>
              <th class="hb-num">{words.column.credit}</th>
              <th class="hb-num">{words.column.balance}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ party }) => {
              const row = rows.get(party.number)
              return (
                <tr>
                  <td class="hb-accno" data-line="2">
                    {party.number}
                  </td>
                  <td>
                    <a
                      class="hb-opens hb-row-link"
                      href={companyPath(access, `/parties/${kind}/${encodeURIComponent(party.number)}`)}
                    >
                      {party.name}
                    </a>{' '}
                    {!party.active && <span class="hb-chip">{words.inactive}</span>}
                  </td>
                  <td class="hb-nowrap hb-quiet" data-line="2">
                    {party.organisationNumber && organisationNumber(party.organisationNumber)}
                  </td>
                  <td class="hb-quiet hb-only-wide">{party.city}</td>
                  <td class="hb-num hb-only-wide">{row && row.debit !== 0 ? kroner(row.debit, locale) : ''}</td>
                  <td class="hb-num hb-only-wide">{row && row.credit !== 0 ? kroner(row.credit, locale) : ''}</td>
                  <td class="hb-num">{row ? kroner(row.closing, locale) : ''}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {more && (
        <div class="hb-paging">
          <a href={`?${new URLSearchParams({ kind, ...(q && { q }), cursor: more })}`}>{words.more}</a>
        </div>
      )}
    </>,
  )
}
