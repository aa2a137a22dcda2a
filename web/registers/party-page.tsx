import { counted, day, fill, kroner, moment, organisationNumber, voucherName } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { type FoundEntry, readOldEntries, readOldNumbers } from '#worker/old-ledger/store.ts'
import { BankConfirmation, confirmBankAccount, confirmingOf } from '#worker/parties/confirm-bank-account.ts'
import { readContacts } from '#worker/parties/contact-store.ts'
import type { RegisteredParty } from '#worker/parties/party.ts'
import { type KeptParty, readParty } from '#worker/parties/store.ts'
import { readAgeing } from '#worker/subledger/read-ageing.ts'
import { readStatement } from '#worker/subledger/read-statement.ts'
import { DayPick, dayIn, today } from '../day-field.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { ErrorSummary, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { OldEntries, oldLedgerPath } from '../old-ledger/old-entries.tsx'
import { type Page, page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { PartyAgeing } from '../subledger/party-ageing.tsx'
import { Unread, unreadIn } from '../unread.tsx'
import { Contacts } from './party-contacts.tsx'

const ENTRIES = 500

/** The kind and number of the path, with the party itself. @throws Problem 404 party/unknown. */
export async function partyIn(c: Page): Promise<{ kind: PartyKind; kept: KeptParty }> {
  const kind = pathText(c, 'kind') === 'supplier' ? 'supplier' : 'customer'
  const number = pathText(c, 'number')
  const kept = await readParty(c.var.db, kind, number)
  if (!kept) throw new Problem(404, 'party/unknown', { params: { party: number, kind } })
  return { kind, kept }
}

/** What was refused of the page's two forms. */
type Refused = { contact?: Tried; bank?: Tried }
type Statement = Awaited<ReturnType<typeof readStatement>>

/**
 * The card of a customer or supplier: its account up to a day, today unless one asks for another, with running balance and what
 * is open then; ageing, contacts, and what is known of them.
 */
export async function partyPage(c: Page, { contact, bank }: Refused = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.registers.parties
  const { db, access } = c.var
  const [{ kind, kept }] = await Promise.all([partyIn(c), statusFirst(c)])
  const { party } = kept
  const path = companyPath(access, `/parties/${kind}/${encodeURIComponent(party.number)}`)
  const maySee = kept.used && mayDo(access, 'subledger:read')
  const unread = unreadIn(c.req.query(), ['to'])
  const toDate = dayIn(c.req.query('to')) ?? today()
  const [statement, ageing, contacts, old] = await Promise.all([
    maySee ? readStatement(db, { kind, party: party.number, toDate, limit: ENTRIES }, today()) : undefined,
    maySee ? readAgeing(db, { kind, party: party.number, asAtDate: toDate }, today()) : undefined,
    readContacts(db, kind, party.number),
    mayDo(access, 'ledger:read') ? readFromBefore(c, party) : undefined,
  ])
  return page(
    c,
    {
      title: `${party.number} ${party.name}`,
      area: 'parties',
      layout: 'split',
      status: ((contact ?? bank)?.problem.status as 422 | undefined) ?? 200,
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.voucher],
        ['Esc', t.shell.keys.back],
      ],
    },
    <>
      <section>
        <div class="hb-head" data-drawn-from="match">
          <div>
            <h1>{party.name}</h1>
            <p>
              {words.kind[kind]} {party.number}
              {party.organisationNumber && ` · ${organisationNumber(party.organisationNumber)}`}
              {!party.active && ` · ${words.inactive}`}
            </p>
          </div>
          <div class="hb-actions">
            {mayDo(access, 'subledger:read') && unread.length === 0 && (
              <ExportMenu
                c={c}
                path={`parties/${kind}/${encodeURIComponent(party.number)}/statement`}
                query={{ toDate }}
              />
            )}
            {mayDo(access, 'register:write') && (
              <a class="ds-button" data-variant="secondary" href={`${path}/edit`}>
                {words.card.edit}
              </a>
            )}
          </div>
        </div>
        {statement ? (
          <>
            <form class="hb-picks hb-no-print" method="get">
              <DayPick
                label={words.statement.to}
                name="to"
                value={c.req.query('to')?.trim() || toDate}
                hint={t.shell.dayHint}
              />
              <button class="ds-button" data-variant="tertiary" type="submit">
                {words.statement.show}
              </button>
            </form>
            <Unread c={c} days={unread}>
              <Entries c={c} party={party} statement={statement} />
              <OpenOn c={c} statement={statement} />
            </Unread>
          </>
        ) : (
          <p class="hb-quiet">{words.card.noEntries}</p>
        )}
        {old && old.entries.length > 0 && <FromBefore c={c} old={old} kind={kind} />}
      </section>
      <aside class="hb-aside" data-narrow>
        {ageing && unread.length === 0 && <PartyAgeing c={c} found={ageing} party={party.number} />}
        <section>
          <h2>{words.card.facts}</h2>
          <ErrorSummary c={c} tried={bank} fields={[]} form="bank-account" />
          <BankChange c={c} kept={kept} path={path} />
          <Facts c={c} party={party} />
        </section>
        <Contacts c={c} party={party} contacts={contacts} tried={contact} />
      </aside>
      <a href={companyPath(access, `/parties?kind=${kind}`)} data-key="Escape" hidden>
        {words.kinds[kind]}
      </a>
    </>,
  )
}

function Entries({ c, party, statement }: { c: Page; party: RegisteredParty; statement: Statement }) {
  const t = textsOf(c)
  const words = t.registers.parties.card
  const own = t.registers.parties.statement
  const moved = (sign: 1 | -1) =>
    statement.entries.reduce((sum, { amount }) => (Math.sign(amount) === sign ? sum + Math.abs(amount) : sum), 0)
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
          {statement.opening !== 0 && (
            <tr>
              <td colspan={5} class="hb-quiet">
                {fill(own.opening, { from: statement.fromDate }, locale)}
              </td>
              <td class="hb-num">{kroner(statement.opening, locale)}</td>
            </tr>
          )}
          {statement.entries.map((entry) => (
            <tr>
              <td class="hb-nowrap">
                <a class="hb-opens hb-row-link" href={companyPath(access, `/vouchers/${entry.voucher.id}`)}>
                  {voucherName(entry.voucher)}
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
            <td colspan={3}>{fill(own.closing, { to: statement.toDate }, locale)}</td>
            <td class="hb-num hb-only-wide">{kroner(moved(1), locale)}</td>
            <td class="hb-num hb-only-wide">{kroner(moved(-1), locale)}</td>
            <td class="hb-num">{kroner(statement.closing, locale)}</td>
          </tr>
        </tbody>
      </table>
    </>
  )
}

/** What was open on the day, and that it is the balance. */
function OpenOn({ c, statement }: { c: Page; statement: Statement }) {
  const words = textsOf(c).registers.parties.statement
  const { locale, access } = c.var
  const { openItems, toDate, checks, kind, party } = statement
  const check = checks[0]!
  return (
    <div class="hb-section">
      <div class="hb-section-head">
        <h2>{fill(words.openItems, { to: toDate }, locale)}</h2>
        <a href={companyPath(access, `/open-items?${new URLSearchParams({ kind, party })}`)}>{words.more}</a>
      </div>
      {openItems.length === 0 ? (
        <p class="hb-quiet">{words.noOpen}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.invoice}</th>
              <th>{words.due}</th>
              <th class="hb-num">{words.rest}</th>
            </tr>
          </thead>
          <tbody>
            {openItems.slice(0, ENTRIES).map((item) => (
              <tr>
                <td>
                  <a class="hb-opens" href={companyPath(access, `/open-items/${item.id}`)}>
                    {item.invoiceNumber ?? voucherName(item.voucher)}
                  </a>
                </td>
                <td data-line="2">
                  {day(item.dueDate ?? item.voucherDate)}{' '}
                  {item.daysOverdue > 0 && (
                    <span class="hb-chip">{counted(item.daysOverdue, words.overdue, locale)}</span>
                  )}
                </td>
                <td class="hb-num">{kroner(item.rest, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="hb-quiet hb-small">
        <Icon name={check.holds ? 'check' : 'error'} />{' '}
        {check.holds ? words.agrees : fill(words.differs, { difference: check.difference }, locale)}
      </p>
    </div>
  )
}

/** Entries of the party in the previous system, shown on its card. */
const OLD_ENTRIES = 15

async function readFromBefore(c: Page, party: RegisteredParty) {
  const parties = await readOldNumbers(c.var.db, party)
  if (parties.length === 0) return undefined
  return { parties, entries: await readOldEntries(c.var.db, { kind: party.kind, parties }, OLD_ENTRIES) }
}

function FromBefore({ c, old, kind }: { c: Page; old: { parties: string[]; entries: FoundEntry[] }; kind: PartyKind }) {
  const words = textsOf(c).oldLedger
  return (
    <div class="hb-section">
      <div class="hb-section-head">
        <h2>{words.onCard}</h2>
        {old.parties.map((party) => (
          <a href={oldLedgerPath(c, { kind, party })}>
            {words.onCardMore}
            {old.parties.length > 1 && ` (${party})`}
          </a>
        ))}
      </div>
      <OldEntries c={c} entries={old.entries} party={false} />
    </div>
  )
}

const accountText = (account: string): string =>
  /^\d/.test(account) ? account.replace(/^(\d{4})(\d{2})(\d{5})$/, '$1 $2 $3') : account.replace(/.{4}(?=.)/g, '$& ')

/** Another bank account than before: told until somebody else has confirmed it. */
function BankChange({ c, kept, path }: { c: Page; kept: KeptParty; path: string }) {
  const words = textsOf(c).registers.parties.bankChange
  const { bankAccountChange: change } = kept
  const { access, principal, locale } = c.var
  if (!change) return null
  const mayConfirm = mayDo(access, 'register:write') && change.by !== principal.id
  return (
    <form class="hb-notice" data-level="warning" method="post" action={`${path}/bank-account`}>
      <input type="hidden" name="bankAccount" value={kept.party.bankAccount ?? ''} />
      <p>{fill(words.waits, { was: accountText(change.was), at: moment(change.at) }, locale)}</p>
      {mayConfirm ? (
        <button class="ds-button" data-variant="secondary" type="submit">
          {words.confirm}
        </button>
      ) : (
        <p>{words.another}</p>
      )}
    </form>
  )
}

export async function submitBankAccount(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const { kind, kept } = await partyIn(c)
  return tryForm(
    fields,
    async () => {
      const { bankAccount = '' } = fields
      await confirmBankAccount(
        confirmingOf(c),
        { kind, number: kept.party.number },
        parse({ bankAccount }, BankConfirmation),
      )
      return c.redirect(companyPath(c.var.access, `/parties/${kind}/${encodeURIComponent(kept.party.number)}`), 303)
    },
    (bank) => partyPage(c, { bank }),
  )
}

function Facts({ c, party }: { c: Page; party: RegisteredParty }) {
  const { fields } = textsOf(c).registers.parties
  const place = [party.postalCode, party.city].filter(Boolean).join(' ')
  const facts: [string, string | null][] = [
    [fields.address, [party.address, place, party.country].filter(Boolean).join(', ')],
    [fields.email, party.email],
    [fields.phone, party.phone],
    [fields.bankAccount, party.bankAccount && accountText(party.bankAccount)],
    [fields.paymentTermsDays, party.paymentTermsDays === null ? null : String(party.paymentTermsDays)],
    [fields.controlAccount, party.controlAccount],
    [fields.defaultAccount, party.defaultAccount],
    [fields.defaultVatCode, party.defaultVatCode],
    ...Object.entries(party.defaultDimensions ?? {}).map(([dimension, value]): [string, string] => [
      fill(fields.defaultDimension, { dimension }, c.var.locale),
      value,
    ]),
    [fields.note, party.note],
  ]
  return (
    <dl class="hb-pairs">
      {facts
        .filter(([, value]) => value)
        .map(([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd class="hb-lines">{value}</dd>
          </div>
        ))}
    </dl>
  )
}
