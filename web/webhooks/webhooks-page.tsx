import { eventThingChoices } from '#i18n/event-text.ts'
import { fill } from '#i18n/format.ts'
import { parse } from '#worker/http/accept.ts'
import { createWebhook } from '#worker/webhooks/change-webhooks.ts'
import { contextOf } from '#worker/webhooks/routes.ts'
import { readWebhooks } from '#worker/webhooks/store.ts'
import { NewWebhook, type Webhook } from '#worker/webhooks/webhook.ts'
import { ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

export type Said = { tried?: Tried; message?: string; secret?: string }

/** What the last command came to: done, told this once, or what must be put right. */
export function SaidNotice({ c, said, fields }: { c: Page; said: Said; fields: readonly string[] }) {
  return (
    <div class="hb-notices">
      <ErrorSummary c={c} tried={said.tried} fields={fields} form="webhook" />
      {said.message && (
        <div class="hb-notice" data-level="done" role="status" tabindex={-1} autofocus>
          <p>{said.message}</p>
          {said.secret && <code class="hb-secret">{said.secret}</code>}
        </div>
      )}
    </div>
  )
}

/** The webhooks of a company, and the form for a new one. */
export async function webhooksPage(c: Page, said: Said = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.webhooks
  const webhooks = await readWebhooks(c.var.control, c.var.access.id)
  return page(
    c,
    { title: words.title, area: 'webhooks', status: (said.tried?.problem.status as 422 | undefined) ?? 200 },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="secondary" href="/api/docs">
            {words.docs}
          </a>
        </div>
      </div>
      <SaidNotice c={c} said={said} fields={['name', 'url']} />
      {webhooks.length === 0 ? (
        <p class="hb-quiet">{words.none}</p>
      ) : (
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <th>{words.column.name}</th>
              <th data-width="wide">{words.column.url}</th>
              <th>{words.column.types}</th>
              <th>{words.column.state}</th>
            </tr>
          </thead>
          <tbody>
            {webhooks.map((webhook) => (
              <tr>
                <td>
                  <a class="hb-opens hb-row-link" href={companyPath(c.var.access, `/settings/webhooks/${webhook.id}`)}>
                    {webhook.name}
                  </a>
                </td>
                <td class="hb-break hb-quiet" data-line="2">
                  {webhook.url}
                </td>
                <td class="hb-small" data-line="2">
                  {typesText(c, webhook.types)}
                </td>
                <td>
                  <State c={c} webhook={webhook} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <section class="hb-section">
        <h2>{words.add}</h2>
        <WebhookForm c={c} tried={said.tried} webhook={undefined} action="/settings/webhooks" submit={words.submit} />
      </section>
    </>,
  )
}

export function State({ c, webhook }: { c: Page; webhook: Webhook }) {
  const words = textsOf(c).webhooks
  const failing = webhook.state === 'active' && webhook.failures > 0
  return (
    <span class="hb-chip" data-state={webhook.state === 'active' && !failing ? 'proven' : undefined}>
      {failing ? fill(words.failing, { count: String(webhook.failures) }, c.var.locale) : words.states[webhook.state]}
    </span>
  )
}

function typesText(c: Page, types: readonly string[]): string {
  const names = new Map(eventThingChoices(c.var.locale))
  return types.length === 0 ? textsOf(c).webhooks.all : types.map((type) => names.get(type) ?? type).join(', ')
}

type FormProps = { c: Page; tried: Tried | undefined; webhook: Webhook | undefined; action: string; submit: string }

export function WebhookForm({ c, tried, webhook, action, submit }: FormProps) {
  const words = textsOf(c).webhooks
  const faults = faultsOf(tried, c.var.locale)
  const chosen = new Set(tried ? typesIn(tried.fields.types) : webhook?.types)
  const things = eventThingChoices(c.var.locale)
  // A whole event type, chosen by API, stays chosen.
  const others = [...chosen]
    .filter((type) => !things.some(([value]) => value === type))
    .map((type) => [type, type] as const)
  return (
    <form class="hb-form" method="post" action={companyPath(c.var.access, action)}>
      <TextField
        label={words.name}
        name="name"
        form="webhook"
        value={tried ? tried.fields.name : webhook?.name}
        faults={faults}
        maxlength={100}
        required
      />
      <TextField
        label={words.url}
        name="url"
        form="webhook"
        value={tried ? tried.fields.url : webhook?.url}
        help={words.urlHelp}
        faults={faults}
        placeholder="https://"
        maxlength={2000}
        required
      />
      <fieldset class="ds-fieldset">
        <legend class="ds-label">{words.types}</legend>
        <small>{words.typesHelp}</small>
        <div class="hb-checks" data-columns>
          {[...things, ...others].map(([value, text]) => (
            <label class="hb-check">
              <input type="checkbox" name="types" value={value} checked={chosen.has(value)} />
              {text}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="hb-form-actions">
        <button class="ds-button" type="submit">
          {submit}
        </button>
      </div>
    </form>
  )
}

export const typesIn = (text: string | undefined): string[] => (text ? text.split(',') : [])

export async function submitWebhook(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { name, url, types } = fields
      const { secret } = await createWebhook(contextOf(c), parse({ name, url, types: typesIn(types) }, NewWebhook))
      return webhooksPage(c, { message: textsOf(c).webhooks.made, secret })
    },
    (tried) => webhooksPage(c, { tried }),
  )
}
