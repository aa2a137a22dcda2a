import { day, kroner, organisationNumber, voucherName } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { RegisteredParty } from '#worker/parties/party.ts'
import { type KeptParty, readParty } from '#worker/parties/store.ts'
import { type GeneralLedger, readGeneralLedger } from '#worker/reports/read-general-ledger.ts'
import { readAgeing } from '#worker/subledger/read-ageing.ts'
import { today } from '../day-field.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { PartyAgeing } from '../subledger/party-ageing.tsx'

const ENTRIES = 500

/** The kind and number of the path, with the party itself. @throws Problem 404 party/unknown. */
export async function partyIn(c: Page): Promise<{ kind: PartyKind; kept: KeptParty }> {
  const kind = pathText(c, 'kind') === 'supplier' ? 'supplier' : 'customer'
  const number = pathText(c, 'number')
  const kept = await readParty(c.var.db, kind, number)
  if (!kept) throw new Problem(404, 'party/unknown', { params: { party: number, kind } })
  return { kind, kept }
}

/** The card of a customer or supplier: balance, this year's entries with running balance, and what is known of them. */
export async function partyPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.registers.parties
  const { db, access } = c.var
  const { kind, kept } = await partyIn(c)
  const { party } = kept
  const path = companyPath(access, `/parties/${kind}/${encodeURIComponent(party.number)}`)
  const ledger =
    kept.used && mayDo(access.role, 'report:read')
      ? await readGeneralLedger(
          db,
          { today: today(), filter: { party: party.number, dimensions: {} } },
          { account: party.controlAccount, limit: ENTRIES },
        )
      : undefined
  const ageing =
    kept.used && mayDo(access.role, 'subledger:read')
      ? await readAgeing(db, { kind, party: party.number }, today())
      : undefined
  return page(
    c,
    {
      title: `${party.number} ${party.name}`,
      area: 'parties',
      layout: 'split',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.voucher],
        ['Esc', t.shell.keys.back],
      ],
    },
    <>
      <section>
        <div class="hb-head">
          <div>
            <h1>{party.name}</h1>
            <p>
              {words.kind[kind]} {party.number}
              {party.organisationNumber && ` · ${organisationNumber(party.organisationNumber)}`}
              {!party.active && ` · ${words.inactive}`}
            </p>
          </div>
          <div class="hb-actions">
            {mayDo(access.role, 'register:write') && (
              <a class="ds-button" data-variant="secondary" href={`${path}/edit`}>
                {words.card.edit}
              </a>
            )}
          </div>
        </div>
        {ledger ? <Entries c={c} party={party} ledger={ledger} /> : <p class="hb-quiet">{words.card.noEntries}</p>}
      </section>
      <aside class="hb-aside" data-narrow>
        {ageing && <PartyAgeing c={c} found={ageing} party={party.number} />}
        <section>
          <h2>{words.card.facts}</h2>
          <Facts c={c} party={party} />
        </section>
      </aside>
      <a href={companyPath(access, `/parties?kind=${kind}`)} data-key="Escape" hidden>
        {words.kinds[kind]}
      </a>
    </>,
  )
}

function Entries({ c, party, ledger }: { c: Page; party: RegisteredParty; ledger: GeneralLedger }) {
  const t = textsOf(c)
  const words = t.registers.parties.card
  const column = t.reports.column
  const { locale, access } = c.var
  const amount = (ore: number, show: boolean) => (show ? kroner(Math.abs(ore), locale) : '')
  return (
    <>
      <div class="hb-section-head">
        <h2>{words.entries}</h2>
        <a
          href={companyPath(
            access,
            `/general-ledger?${new URLSearchParams({ account: party.controlAccount, party: party.number })}`,
          )}
        >
          {words.ledger}
        </a>
      </div>
      <table class="hb-table" data-rows data-list>
        <thead>
          <tr>
            <th>{column.voucher}</th>
            <th>{column.date}</th>
            <th>{column.text}</th>
            <th class="hb-num">{column.debit}</th>
            <th class="hb-num">{column.credit}</th>
            <th class="hb-num">{column.balance}</th>
          </tr>
        </thead>
        <tbody>
          {ledger.opening !== 0 && (
            <tr>
              <td colspan={5} class="hb-quiet">
                {words.opening}
              </td>
              <td class="hb-num">{kroner(ledger.opening, locale)}</td>
            </tr>
          )}
          {ledger.entries.map((entry) => (
            <tr>
              <td class="hb-nowrap">
                <a class="hb-opens hb-row-link" href={companyPath(access, `/vouchers/${entry.voucherId}`)}>
                  {voucherName(entry)}
                </a>
              </td>
              <td class="hb-date" data-line="2">
                {day(entry.voucherDate)}
              </td>
              <td class="hb-clip" data-line="2">
                {entry.text}
              </td>
              <td class="hb-num" data-label={entry.amount > 0 ? column.debit : undefined}>
                {amount(entry.amount, entry.amount > 0)}
              </td>
              <td class="hb-num" data-label={entry.amount < 0 ? column.credit : undefined}>
                {amount(entry.amount, entry.amount < 0)}
              </td>
              <td class="hb-num hb-quiet hb-only-wide">{kroner(entry.balance, locale)}</td>
            </tr>
          ))}
          <tr class="hb-sum">
            <td colspan={3}>{words.balance}</td>
            <td class="hb-num hb-only-wide">{kroner(ledger.debit, locale)}</td>
            <td class="hb-num hb-only-wide">{kroner(ledger.credit, locale)}</td>
            <td class="hb-num">{kroner(ledger.closing, locale)}</td>
          </tr>
        </tbody>
      </table>
    </>
  )
}

function Facts({ c, party }: { c: Page; party: RegisteredParty }) {
  const { fields } = textsOf(c).registers.parties
  const place = [party.postalCode, party.city].filter(Boolean).join(' ')
  const facts: [string, string | null][] = [
    [fields.address, [party.address, place, party.country].filter(Boolean).join(', ')],
    [fields.email, party.email],
    [fields.phone, party.phone],
    [fields.bankAccount, party.bankAccount?.replace(/^(\d{4})(\d{2})(\d{5})$/, '$1 $2 $3') ?? null],
    [fields.paymentTermsDays, party.paymentTermsDays === null ? null : String(party.paymentTermsDays)],
    [fields.controlAccount, party.controlAccount],
    [fields.defaultAccount, party.defaultAccount],
    [fields.defaultVatCode, party.defaultVatCode],
  ]
  return (
    <dl class="hb-pairs">
      {facts
        .filter(([, value]) => value)
        .map(([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
