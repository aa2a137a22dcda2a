import { alertText } from '#i18n/alert-text.ts'
import { moment } from '#i18n/format.ts'
import { readSetting, writeSetting } from '#worker/access/user-store.ts'
import { ALERT_KINDS, type Alert, type AlertKind } from '#worker/alerts/alert.ts'
import { ALERT_SETTING, markSeen, readAlerts } from '#worker/alerts/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { SelectField } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'

const SHOWN = 200
/** In the list and by e-mail, in the list alone, or not at all. */
const WAYS = ['mail', 'list', 'muted'] as const
const wayOf = (chosen: string | undefined): (typeof WAYS)[number] => WAYS.find((way) => way === chosen) ?? 'mail'

/** What a person should know of, in every company, and which kinds they want to hear of. */
export async function alertsPage(c: Page, message?: string): Promise<Response> {
  const words = textsOf(c).alerts
  const { control, principal } = c.var
  const [alerts, chosen] = await Promise.all([
    readAlerts(control, principal.id, SHOWN),
    readSetting(control, principal.id, ALERT_SETTING),
  ])
  return page(
    c,
    { title: words.title, layout: 'report' },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        {alerts.some((alert) => alert.seenAt === null) && (
          <form method="post" action="/alerts/seen" class="hb-actions">
            <input type="hidden" name="upTo" value={alerts[0]!.raisedAt} />
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.seen}
            </button>
          </form>
        )}
      </div>
      {message && (
        <div class="hb-notice" data-level="done" role="status" tabindex={-1} autofocus>
          <p>{message}</p>
        </div>
      )}
      {alerts.length === 0 ? (
        <p class="hb-quiet">{words.none}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.at}</th>
              <th data-width="wide">{words.column.text}</th>
              <th>{words.column.company}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {alerts.map((alert) => (
              <Row c={c} alert={alert} />
            ))}
          </tbody>
        </table>
      )}
      <section class="hb-section">
        <h2>{words.muting}</h2>
        <form class="hb-form hb-form-lines" method="post" action="/alerts/muting">
          {ALERT_KINDS.map((kind) => (
            <SelectField
              label={words.kindNames[kind]}
              name={kind}
              form="alerts"
              value={wayOf(chosen[kind])}
              options={WAYS.map((way) => [way, words.ways[way]] as const)}
            />
          ))}
          <div class="hb-form-actions">
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.save}
            </button>
          </div>
        </form>
      </section>
    </>,
  )
}

function Row({ c, alert }: { c: Page; alert: Alert }) {
  const words = textsOf(c).alerts
  const place = placeOf(alert)
  return (
    <tr>
      <td class="hb-date hb-faint hb-nowrap" data-line="2">
        {moment(alert.raisedAt)}
      </td>
      <td>
        {alert.seenAt === null && (
          <>
            <span class="hb-chip" data-state="warning">
              {words.new}
            </span>{' '}
          </>
        )}
        {alertText(alert.kind, alert.params, c.var.locale)}
        {alert.kind === 'new-device' && <span class="hb-quiet"> {words.notYou}</span>}
      </td>
      <td class="hb-quiet" data-line="2">
        {(alert.company ?? alert.office)?.name ?? words.yours}
      </td>
      <td class="hb-num" data-line="2">
        {place && <a href={place}>{words.see}</a>}
      </td>
    </tr>
  )
}

/** Where one sees what it is about. */
function placeOf({ kind, company, office, subject }: Alert): string | undefined {
  if (kind === 'company-deleted') return `/deletions/${subject}`
  if (office) return `/offices/${office.id}`
  if (!company) return undefined
  const places: Partial<Record<AlertKind, string>> = {
    'key-created': '/settings/keys',
    'rights-changed': '/members',
    'everything-exported': '/access-log',
    'webhook-created': `/settings/webhooks/${subject}`,
    'webhook-disabled': `/settings/webhooks/${subject}`,
    'period-reopened': '/periods',
    'verification-failed': '/settings/safety',
    'verification-not-run': '/settings/safety',
    'backup-failed': '/settings/safety',
    'schedule-not-run': '/recurring',
    'deletion-asked': '/settings/deletion',
    'deletion-failed': '/settings/deletion',
  }
  return `/companies/${company.id}${places[kind] ?? '/audit-log'}`
}

const now = (): Instant => new Date().toISOString() as Instant

export async function submitSeen(c: Page): Promise<Response> {
  const { upTo } = await readForm(c)
  await c.var.control.batch([markSeen(c.var.principal.id, (upTo ?? now()) as Instant, now())], 'write')
  return c.redirect('/alerts', 303)
}

export async function submitMuting(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const chosen = Object.fromEntries(ALERT_KINDS.map((kind) => [kind, wayOf(fields[kind])]))
  await c.var.control.batch([writeSetting(c.var.principal.id, ALERT_SETTING, chosen, now())], 'write')
  return alertsPage(c, textsOf(c).alerts.saved)
}
