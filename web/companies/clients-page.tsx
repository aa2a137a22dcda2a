import {
  counted,
  day,
  fill,
  type Locale,
  longDay,
  month,
  organisationNumber,
  whole,
  wholeKroner,
} from '#i18n/format.ts'
import { termName } from '#i18n/vat-text.ts'
import { readOffices } from '#worker/access/office-access.ts'
import { isOperator } from '#worker/access/operator.ts'
import { type Cause, causesOf } from '#worker/companies/client-work.ts'
import { type Client, readClients } from '#worker/companies/read-clients.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { readResponsibilities } from '#worker/offices/office-store.ts'
import { today } from '../day-field.tsx'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { colourOf, companyPath } from '../shell.tsx'
import { isNamed } from './find.ts'

type Listed = { client: Client; causes: readonly Cause[] }
const SHOWN = ['all', 'needs', 'vat', 'documents'] as const
type Shown = (typeof SHOWN)[number]

const isShown: Record<Shown, (listed: Listed) => boolean> = {
  all: () => true,
  needs: ({ causes }) => causes.length > 0,
  vat: ({ client }) => client.work?.vat?.isSettled === false,
  documents: ({ client }) => (client.work?.documents ?? 0) > 0,
}

/** The office: all clients, who needs somebody today and why, and what waits in each, a figure leading to where it is done. */
export async function clientsPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.clients
  const day = today()
  const { control, principal } = c.var
  const [clients, offices, own] = await Promise.all([
    readClients(c.env, control, principal, day),
    readOffices(control, principal),
    principal.kind === 'user' ? readResponsibilities(control, principal.id) : new Set<string>(),
  ])
  const all = clients.map((client): Listed => ({ client, causes: causesOf(client, day) }))
  const shown = SHOWN.find((name) => name === c.req.query('show')) ?? 'all'
  const text = (c.req.query('text') ?? '').trim()
  const mine = own.size > 0 && c.req.query('mine') === 'yes'
  const found = all.filter(({ client }) => (!mine || own.has(client.id)) && isNamed(client, text))
  const listed = found.filter(isShown[shown])
  const needs = listed.filter(isShown.needs)
  const calm = listed.filter((one) => !isShown.needs(one))
  return page(
    c,
    {
      title: words.title,
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
        ['/', t.shell.keys.search],
        ['Ctrl K', t.shell.keys.palette],
      ],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{headingOf(c, all)}</h1>
          <p>{said(c, all, day)}</p>
        </div>
        <div class="hb-actions">
          {offices.slice(0, 3).map((office) => (
            <a class="ds-button" data-variant="tertiary" href={`/offices/${office.id}`}>
              {office.name}
            </a>
          ))}
          {offices.length === 0 && (
            <a class="ds-button" data-variant="tertiary" href="/offices/new">
              {t.members.office.create}
            </a>
          )}
          {isOperator(c.env, principal) && (
            <a class="ds-button" data-variant="tertiary" href="/operator/status">
              {t.operator.link}
            </a>
          )}
          <a class="ds-button" data-variant="tertiary" href="/audit-orders">
            {t.members.orders.title}
          </a>
          <a class="ds-button" data-variant="secondary" href="/companies/new">
            {words.newClient}
          </a>
        </div>
      </div>
      {clients.length > 1 && (
        <form class="hb-picks hb-filter hb-no-print" method="get" role="search" aria-label={words.find} data-auto>
          <div class="hb-choices">
            {SHOWN.map((name) => (
              <a href={hrefOf({ show: name, text, mine })} aria-current={shown === name ? 'true' : undefined}>
                {words.show[name]} {found.filter(isShown[name]).length}
              </a>
            ))}
          </div>
          {shown !== 'all' && <input type="hidden" name="show" value={shown} />}
          <span class="hb-pick">
            <input
              type="search"
              name="text"
              value={text}
              placeholder={words.findHint}
              aria-label={words.find}
              size={28}
              data-search
            />
          </span>
          {own.size > 0 && (
            <label class="hb-pick">
              {words.whose}
              <select name="mine">
                <option value="">{words.everybodys}</option>
                <option value="yes" selected={mine}>
                  {words.mine}
                </option>
              </select>
            </label>
          )}
          <button class="ds-button" data-variant="tertiary" type="submit">
            <Icon name="search" />
            {words.find}
          </button>
        </form>
      )}
      {clients.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.empty.title}</h2>
          <p>{words.empty.text}</p>
          <a class="ds-button" href="/companies/new">
            {words.newClient}
          </a>
        </div>
      ) : listed.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.nothingHere}</h2>
          <p>
            <a href="/">{words.showAll}</a>
          </p>
        </div>
      ) : (
        <table class="hb-table hb-clients" data-rows data-list>
          <thead>
            <tr>
              <th>{words.client}</th>
              <th class="hb-num">{words.drafts}</th>
              <th class="hb-num">{words.documents}</th>
              <th class="hb-num">{words.unmatched}</th>
              <th class="hb-num hb-only-wide">{words.overdue}</th>
              <th class="hb-num hb-only-wide hb-only-desk">{words.lockedTo}</th>
              <th>{words.vat}</th>
              <th>{words.balance}</th>
              <th class="hb-num hb-only-wide hb-only-desk">{words.chain}</th>
            </tr>
          </thead>
          <Group c={c} title={words.needs} listed={needs} day={day} />
          <Group c={c} title={needs.length > 0 ? words.calm : ''} listed={calm} day={day} />
        </table>
      )}
    </>,
  )
}

function hrefOf({ show, text, mine }: { show: Shown; text: string; mine: boolean }): string {
  const query = new URLSearchParams({
    ...(show !== 'all' && { show }),
    ...(text && { text }),
    ...(mine && { mine: 'yes' }),
  }).toString()
  return query ? `/?${query}` : '/'
}

function headingOf(c: Page, all: readonly Listed[]): string {
  const words = textsOf(c).clients
  const { locale } = c.var
  if (all.length === 0) return words.none
  const off = all.filter(({ client }) => client.status?.difference).length
  const needs = all.filter(isShown.needs).length
  const key = off > 0 ? 'someOff' : needs > 0 ? 'someNeed' : all.length === 1 ? 'oneInBalance' : 'allInBalance'
  return fill(words[key], { clients: counted(all.length, words.count, locale), off, needs }, locale)
}

/** The day, and the next day somebody must have done something. */
function said(c: Page, all: readonly Listed[], day: IsoDate): string {
  const { locale } = c.var
  const today = longDay(day, locale)
  const next = all
    .flatMap(({ client: { work } }) => (work?.vat && work.vat.term.dueDate >= day ? [work.vat.term] : []))
    .sort((a, b) => (a.dueDate < b.dueDate ? -1 : 1))[0]
  const deadline = next && {
    term: termName(next.key, locale),
    day: longDay(next.dueDate, locale),
  }
  const first = `${today.charAt(0).toUpperCase()}${today.slice(1)}.`
  return deadline ? `${first} ${fill(textsOf(c).clients.deadline, deadline, locale)}` : first
}

function Group({ c, title, listed, day }: { c: Page; title: string; listed: readonly Listed[]; day: IsoDate }) {
  if (listed.length === 0) return null
  return (
    <tbody>
      {title && (
        <tr class="hb-group">
          <th colspan={9} scope="rowgroup">
            {title}
          </th>
        </tr>
      )}
      {listed.map((one) => (
        <>
          <Row c={c} client={one.client} day={day} followed={one.causes.length > 0} />
          {one.causes.map((cause) => (
            <Why c={c} client={one.client} cause={cause} />
          ))}
        </>
      ))}
    </tbody>
  )
}

function Row({ c, client, day: today, followed }: { c: Page; client: Client; day: IsoDate; followed: boolean }) {
  const t = textsOf(c)
  const { locale } = c.var
  const { status, work } = client
  return (
    <tr class={followed ? 'hb-first' : undefined}>
      <td>
        <span class="hb-client">
          <i data-company-color={colourOf(client)} />
          <span>
            <a class="hb-opens hb-row-link" href={companyPath(client)}>
              {client.name}
            </a>{' '}
            {client.organisationNumber && (
              <small class="hb-faint hb-nowrap">{organisationNumber(client.organisationNumber)}</small>
            )}{' '}
            {client.test && <span class="hb-chip">{t.shell.test}</span>}
            {client.pausedAt && <span class="hb-chip">{t.shell.copy}</span>}
          </span>
        </span>
      </td>
      <Count client={client} n={work?.drafts} path="/drafts" name={t.clients.waiting.drafts} locale={locale} />
      <Count client={client} n={work?.documents} path="/documents" name={t.clients.waiting.documents} locale={locale} />
      <Count
        client={client}
        n={work?.unmatched}
        path="/open-items/automatic"
        name={t.clients.waiting.unmatched}
        locale={locale}
      />
      <td class="hb-num hb-only-wide">
        {work?.overdue ? (
          <a class="hb-opens" href={companyPath(client, '/open-items/ageing?kind=customer')}>
            {wholeKroner(work.overdue, locale)}
          </a>
        ) : (
          ''
        )}
      </td>
      <td class="hb-num hb-only-wide hb-only-desk">
        {status?.lockedTo ? (
          day(status.lockedTo)
        ) : work?.openMonth && status?.newest ? (
          <a class="hb-opens" href={companyPath(client, '/periods')}>
            {fill(t.clients.openFrom, { month: month(work.openMonth.first, locale) }, locale)}
          </a>
        ) : (
          ''
        )}
      </td>
      <td data-line="2">
        <Vat c={c} client={client} day={today} />
      </td>
      <td>
        <Balance c={c} status={status} />
      </td>
      <td class="hb-num hb-only-wide hb-only-desk">{status && whole(status.ledgerVersion, locale)}</td>
    </tr>
  )
}

/** How many wait, as a way to them; on a phone only where there are any. */
function Count(props: { client: Client; n: number | null | undefined; path: string; name: string; locale: Locale }) {
  const { client, n, path, name, locale } = props
  if (!n) return <td class="hb-num hb-faint hb-only-wide">{n === 0 ? '0' : ''}</td>
  return (
    <td class="hb-num" data-line="2">
      <a class="hb-opens" href={companyPath(client, path)}>
        {n}
        <span class="hb-only-phone"> {fill(name, { n }, locale)}</span>
      </a>
    </td>
  )
}

function Vat({ c, client, day: today }: { c: Page; client: Client; day: IsoDate }) {
  const words = textsOf(c).clients
  const { locale } = c.var
  const vat = client.work?.vat
  if (!vat || !client.status?.newest) return null
  const term = termName(vat.term.key, locale)
  if (vat.isSettled)
    return (
      <span class="hb-chip" data-state="proven">
        <Icon name="check" />
        {fill(words.vatSettled, { term }, locale)}
      </span>
    )
  return (
    <a
      class="hb-chip"
      data-state={vat.term.dueDate < today ? 'error' : 'warning'}
      href={companyPath(client, `/vat-specification?term=${vat.term.key}`)}
    >
      {fill(words.vatOpen, { term, date: vat.term.dueDate }, locale)}
    </a>
  )
}

/** Why the client needs somebody, and the way to where it is put right. */
function Why({ c, client, cause }: { c: Page; client: Client; cause: Cause }) {
  const words = textsOf(c).clients.causes
  const { locale } = c.var
  const params = {
    term: 'term' in cause ? termName(cause.term.key, locale) : '',
    date: 'term' in cause ? cause.term.dueDate : '',
    amount: 'amount' in cause ? cause.amount : 0,
  }
  const isWarning = cause.key === 'vat-due'
  const path = 'term' in cause ? `/vat-specification?term=${cause.term.key}` : '/trial-balance'
  return (
    <tr class="hb-cause">
      <td colspan={8}>
        <span class={isWarning ? 'hb-warning-text' : 'hb-error-text'}>
          <Icon name={isWarning ? 'warning' : 'error'} />
        </span>{' '}
        {fill(words[cause.key].says, params, locale)}
      </td>
      <td class="hb-num">
        {cause.key !== 'unreachable' && <a href={companyPath(client, path)}>{words[cause.key].does}</a>}
      </td>
    </tr>
  )
}

function Balance({ c, status }: { c: Page; status: Client['status'] }) {
  const t = textsOf(c)
  if (!status) return <span class="hb-chip">{t.clients.unreachable}</span>
  if (status.ledgerVersion === 0) return <span class="hb-faint">{t.clients.nothingPosted}</span>
  if (status.difference === 0)
    return (
      <span class="hb-chip" data-state="proven">
        <Icon name="check" />
        {t.clients.inBalance}
      </span>
    )
  return (
    <span class="hb-chip" data-state="error">
      <Icon name="error" />
      {fill(t.shell.status.outOfBalance, { amount: status.difference }, c.var.locale)}
    </span>
  )
}
