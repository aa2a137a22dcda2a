import { counted, day, fill, longDay, organisationNumber, whole } from '#i18n/format.ts'
import { type Client, readClients } from '#worker/companies/read-clients.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { colourOf, companyPath } from '../shell.tsx'

/** The office: all clients, whether each is in balance, and how far each is locked. */
export async function clientsPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const { locale } = c.var
  const clients = await readClients(c.env, c.var.control, c.var.principal)
  const off = clients.filter((client) => client.status?.difference)
  const count = counted(clients.length, t.clients.count, locale)
  const heading =
    clients.length === 0
      ? t.clients.none
      : fill(
          off.length > 0 ? t.clients.someOff : clients.length === 1 ? t.clients.oneInBalance : t.clients.allInBalance,
          { clients: count, off: off.length },
          locale,
        )
  const today = longDay(dayInOslo(new Date().toISOString() as Instant), locale)
  return page(
    c,
    {
      title: t.clients.title,
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
      ],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{heading}</h1>
          <p>{today.charAt(0).toUpperCase() + today.slice(1)}</p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="secondary" href="/companies/new">
            {t.clients.newClient}
          </a>
        </div>
      </div>
      {clients.length === 0 ? (
        <div class="hb-empty">
          <h2>{t.clients.empty.title}</h2>
          <p>{t.clients.empty.text}</p>
          <a class="ds-button" href="/companies/new">
            {t.clients.newClient}
          </a>
        </div>
      ) : (
        <table class="hb-table hb-clients" data-rows data-list>
          <thead>
            <tr>
              <th>{t.clients.client}</th>
              <th>{t.clients.role}</th>
              <th>{t.clients.balance}</th>
              <th class="hb-num">{t.clients.lockedTo}</th>
              <th class="hb-num">{t.clients.lastVoucher}</th>
              <th class="hb-num">{t.clients.chain}</th>
            </tr>
          </thead>
          <tbody>
            {clients.map((client) => (
              <Row c={c} client={client} />
            ))}
          </tbody>
        </table>
      )}
    </>,
  )
}

function Row({ c, client }: { c: Page; client: Client }) {
  const t = textsOf(c)
  const { locale } = c.var
  const { status } = client
  return (
    <tr>
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
          </span>
        </span>
      </td>
      <td class="hb-quiet" data-line="2">
        {t.shell.roles[client.role]}
      </td>
      <td>
        <Balance c={c} status={status} />
      </td>
      <td class="hb-num hb-only-wide">{status?.lockedTo ? day(status.lockedTo) : ''}</td>
      <td class="hb-num hb-only-wide">{status?.newest ? day(status.newest.voucherDate) : ''}</td>
      <td class="hb-num hb-only-wide">{status && whole(status.ledgerVersion, locale)}</td>
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
