import { fill, moment, whole } from '#i18n/format.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { changeWebhook, removeWebhook, replayFrom, rotateSecret, webhookIn } from '#worker/webhooks/change-webhooks.ts'
import { contextOf, deliveringOf } from '#worker/webhooks/routes.ts'
import { resend, sendTest } from '#worker/webhooks/send-webhook.ts'
import { type Delivery, readDeliveries } from '#worker/webhooks/store.ts'
import { Replay, type Webhook, WebhookChange } from '#worker/webhooks/webhook.ts'
import { faultsOf, TextField, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { type Said, SaidNotice, State, typesIn, WebhookForm } from './webhooks-page.tsx'

const SHOWN = 100

/** One webhook: what it is sent, what became of each delivery, and what can be done with it. */
export async function webhookPage(c: Page, said: Said = {}): Promise<Response> {
  const words = textsOf(c).webhooks
  const { control, access, locale } = c.var
  const webhook = await webhookIn(control, access.id, pathText(c, 'webhook'))
  const deliveries = await readDeliveries(control, webhook.id, SHOWN)
  const path = `/settings/webhooks/${webhook.id}`
  return page(
    c,
    { title: webhook.name, area: 'webhooks', status: (said.tried?.problem.status as 422 | undefined) ?? 200 },
    <>
      <div class="hb-head">
        <div>
          <h1>{webhook.name}</h1>
          <p>
            <State c={c} webhook={webhook} /> <span class="hb-break">{webhook.url}</span>
          </p>
        </div>
        <div class="hb-actions">
          <Deed c={c} webhook={webhook} deed="test" text={words.test} />
          {webhook.state === 'active' ? (
            <Deed c={c} webhook={webhook} deed="pause" text={words.pause} />
          ) : (
            <Deed c={c} webhook={webhook} deed="resume" text={words.resume} />
          )}
          <Deed c={c} webhook={webhook} deed="secret" text={words.rotate} />
          <Deed c={c} webhook={webhook} deed="removal" text={words.remove} />
        </div>
      </div>
      <SaidNotice c={c} said={said} fields={['name', 'url', 'after']} />
      <section>
        <h2>{words.log}</h2>
        {deliveries.length === 0 ? (
          <p class="hb-quiet">{words.logNone}</p>
        ) : (
          <table class="hb-table" data-list>
            <thead>
              <tr>
                <th>{words.delivery.made}</th>
                <th>{words.delivery.events}</th>
                <th data-width="wide">{words.delivery.answer}</th>
                <th class="hb-num">{words.delivery.tries}</th>
                <th>{words.delivery.state}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {deliveries.map((delivery) => (
                <Row c={c} webhook={webhook} delivery={delivery} />
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section class="hb-section">
        <WebhookForm c={c} tried={said.tried} webhook={webhook} action={path} submit={words.save} />
      </section>
      <form class="hb-form hb-section" method="post" action={companyPath(access, `${path}/replay`)}>
        <TextField
          label={words.replay}
          name="after"
          form="webhook"
          value={said.tried?.fields.after ?? String(webhook.place)}
          help={words.replayHelp}
          faults={faultsOf(said.tried, locale)}
          inputmode="numeric"
        />
        <div class="hb-form-actions">
          <button class="ds-button" data-variant="secondary" type="submit">
            {words.replaySubmit}
          </button>
        </div>
      </form>
    </>,
  )
}

function Deed({ c, webhook, deed, text }: { c: Page; webhook: Webhook; deed: string; text: string }) {
  return (
    <form method="post" action={companyPath(c.var.access, `/settings/webhooks/${webhook.id}/${deed}`)}>
      <button class="ds-button" data-variant="secondary" type="submit">
        {text}
      </button>
    </form>
  )
}

function Row({ c, webhook, delivery }: { c: Page; webhook: Webhook; delivery: Delivery }) {
  const words = textsOf(c).webhooks
  const { locale, access } = c.var
  const { firstSequence: first, lastSequence: last, state } = delivery
  return (
    <tr>
      <td class="hb-date hb-faint hb-nowrap">{moment(delivery.madeAt, true)}</td>
      <td class="hb-nowrap" data-line="2">
        {last === 0
          ? words.probe
          : first === last
            ? whole(last, locale)
            : `${whole(first, locale)}–${whole(last, locale)}`}
      </td>
      <td class="hb-small" data-line="2">
        {delivery.fault === null ? delivery.status : faultText(c, delivery)}
      </td>
      <td class="hb-num" data-line="2" data-label={words.delivery.tries}>
        {delivery.tries}
      </td>
      <td>
        <span class="hb-chip" data-state={state === 'delivered' ? 'proven' : undefined}>
          {words.deliveryStates[state]}
        </span>
      </td>
      <td class="hb-num" data-line="2">
        {last > 0 && (
          <form method="post" action={companyPath(access, `/settings/webhooks/${webhook.id}/resend`)}>
            <input type="hidden" name="delivery" value={delivery.id} />
            <button class="ds-button" data-variant="tertiary" type="submit">
              {words.resend}
            </button>
          </form>
        )}
      </td>
    </tr>
  )
}

function faultText(c: Page, { fault, status }: Delivery): string {
  const words: Readonly<Record<string, string>> = textsOf(c).webhooks.faults
  return fill(words[fault ?? ''] ?? '', { status: String(status ?? '') }, c.var.locale)
}

export async function submitWebhookChange(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { name, url, types } = fields
      const change = parse({ name: name ?? '', url: url ?? '', types: typesIn(types) }, WebhookChange)
      await changeWebhook(contextOf(c), pathText(c, 'webhook'), change)
      return webhookPage(c, { message: textsOf(c).webhooks.saved })
    },
    (tried) => webhookPage(c, { tried }),
  )
}

/** One of the buttons of a webhook's page. */
export async function submitWebhookDeed(c: Page): Promise<Response> {
  const fields = c.req.header('content-type') === undefined ? {} : await readForm(c)
  return tryForm(
    fields,
    async () => {
      const said = await doDeed(c, c.req.param('deed') ?? '', fields)
      return said ? webhookPage(c, said) : c.redirect(companyPath(c.var.access, '/settings/webhooks'), 303)
    },
    (tried) => webhookPage(c, { tried }),
  )
}

async function doDeed(c: Page, deed: string, fields: Record<string, string | undefined>): Promise<Said | undefined> {
  const words = textsOf(c).webhooks
  const ctx = contextOf(c)
  const id = pathText(c, 'webhook')
  switch (deed) {
    case 'test': {
      const sent = await sendTest(deliveringOf(c), await webhookIn(ctx.control, ctx.company, id))
      const failed = sent.fault !== null
      return {
        message: failed ? fill(words.testFailed, { fault: faultText(c, sent) }, c.var.locale) : words.tested,
      }
    }
    case 'resend':
      await resend(deliveringOf(c), await webhookIn(ctx.control, ctx.company, id), fields.delivery ?? '')
      return { message: words.resent }
    case 'pause':
    case 'resume':
      await changeWebhook(ctx, id, { state: deed === 'pause' ? 'paused' : 'active' })
      return { message: words.saved }
    case 'secret': {
      const { secret } = await rotateSecret(ctx, id)
      return { message: words.rotated, secret }
    }
    case 'replay': {
      const { after } = parse({ after: /^\d{1,15}$/.test(fields.after ?? '') ? Number(fields.after) : -1 }, Replay)
      const { place } = await replayFrom(ctx, id, after)
      return { message: fill(words.replayed, { place: String(place) }, c.var.locale) }
    }
    case 'removal':
      await removeWebhook(ctx, id)
      return undefined
    default:
      return {}
  }
}
