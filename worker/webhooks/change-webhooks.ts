import { approvalText } from '#i18n/approval-text.ts'
import type { Approving } from '#worker/access/rights-context.ts'
import { alertAdministrators, clearAlerts } from '#worker/alerts/store.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { type Changes, changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEvents, readNewest } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import {
  deleteWebhook,
  insertWebhook,
  moveBack,
  readWebhook,
  readWebhooks,
  renewSecret,
  updateWebhook,
} from './store.ts'
import { type NewWebhook, secretOf, type Webhook, type WebhookChange } from './webhook.ts'

type Context = Acting & Approving & { company: string; companyName: string; signingKey: string }

/** Webhooks of a company at most. The database says the same, for two that come at once. */
const MOST = 10

/**
 * Sets up a webhook that is sent what happens from now on. Its secret is told here, and when a new one is made. The event stands
 * in the company's feed before the webhook does: none comes to be without a trace. @throws Problem 422 limit/reached.
 */
export async function createWebhook(ctx: Context, wanted: NewWebhook): Promise<Webhook & { secret: string }> {
  const { db, control, company, by, at, signingKey, byName } = ctx
  if ((await readWebhooks(control, company)).length >= MOST)
    throw new Problem(422, 'limit/reached', { params: { reason: 'webhooks', limit: MOST } })
  const webhook: Webhook = {
    ...wanted,
    id: idOf('whk', crypto.getRandomValues(new Uint8Array(17))),
    company,
    state: 'active',
    secretVersion: 1,
    place: 0,
    failures: 0,
    nextAt: at,
    createdBy: by,
    createdAt: at,
  }
  const changes = changesOf(undefined, wanted)
  await proveAddress(ctx, wanted.url)
  await db.batch([insertEvents({ type: 'webhook.created', at, by, subject: webhook.id, changes })], 'write')
  const host = new URL(wanted.url).hostname
  const params = { by: byName, name: wanted.name, host }
  const placed = { ...webhook, place: await readNewest(db) }
  const entry = { type: 'webhook.created', at, by, company, subject: webhook.id, changes }
  await control.batch(
    [
      insertWebhook(placed),
      insertControlEntries(entry),
      alertAdministrators({ kind: 'webhook-created', subject: webhook.id, params, at }, company),
    ],
    'write',
  )
  return { ...placed, secret: await secretOf(signingKey, webhook.id, 1) }
}

/** All that is booked leaves by it, so whoever points it somewhere confirms where. */
const proveAddress = ({ companyName, demandProof, locale }: Context, url: string): Promise<void> =>
  demandProof([companyName, approvalText('webhook-created', { url }, locale)])

/** @throws Problem 404 webhook/unknown. */
export async function webhookIn(control: Database, company: string, id: string): Promise<Webhook> {
  const webhook = await readWebhook(control, company, id)
  if (!webhook) throw new Problem(404, 'webhook/unknown')
  return webhook
}

/** Changes a webhook; switched on again it goes on where it stopped. @throws Problem 404 webhook/unknown. */
export async function changeWebhook(ctx: Context, id: string, wanted: WebhookChange): Promise<Webhook> {
  const before = await webhookIn(ctx.control, ctx.company, id)
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
  const again = wanted.state === 'active' && before.state !== 'active'
  const after: Webhook = { ...before, ...given, ...(again && { failures: 0 }) }
  const changes = changesOf(told(before), told(after))
  if (isUnchanged(changes)) return before
  if (after.url !== before.url) await proveAddress(ctx, after.url)
  const changed = Object.fromEntries(Object.entries(given).filter(([field]) => field in changes))
  await write(ctx, id, { type: 'webhook.changed', changes }, [
    updateWebhook(id, changed, ctx.at),
    ...(again ? [clearAlerts('webhook-disabled', id, ctx.at)] : []),
  ])
  return after
}

const told = ({ name, url, types, state }: Webhook) => ({ name, url, types, state })

/** A new secret; the one before signs beside it. @throws Problem 404 webhook/unknown. */
export async function rotateSecret(ctx: Context, id: string): Promise<Webhook & { secret: string }> {
  const before = await webhookIn(ctx.control, ctx.company, id)
  const after = { ...before, secretVersion: before.secretVersion + 1 }
  const changes = { secretVersion: [before.secretVersion, after.secretVersion] } as const
  await write(ctx, id, { type: 'webhook.rotated', changes }, [renewSecret(id, before.secretVersion, ctx.at)])
  return { ...after, secret: await secretOf(ctx.signingKey, id, after.secretVersion) }
}

/** Sends again what came after an event, in order. @throws Problem 404 webhook/unknown. */
export async function replayFrom(ctx: Context, id: string, after: number): Promise<Webhook> {
  const before = await webhookIn(ctx.control, ctx.company, id)
  const place = Math.min(after, await readNewest(ctx.db))
  const changes = { place: [before.place, place] } as const
  await write(ctx, id, { type: 'webhook.replayed', changes }, moveBack(id, place, ctx.at))
  return { ...before, place }
}

/** @throws Problem 404 webhook/unknown. */
export async function removeWebhook(ctx: Context, id: string): Promise<void> {
  const before = await webhookIn(ctx.control, ctx.company, id)
  const changes = changesOf(told(before), undefined)
  const { db, control, by, at } = ctx
  await db.batch([insertEvents({ type: 'webhook.removed', at, by, subject: id, changes })], 'write')
  const entry = { type: 'webhook.removed', at, by, company: ctx.company, subject: id, changes }
  await control.batch(
    [...deleteWebhook(id), insertControlEntries(entry), clearAlerts('webhook-disabled', id, at)],
    'write',
  )
}

type Told = { type: string; changes: Changes }
async function write(
  { db, control, by, at, company }: Context,
  id: string,
  { type, changes }: Told,
  statements: readonly InStatement[],
): Promise<void> {
  await db.batch([insertEvents({ type, at, by, subject: id, changes })], 'write')
  const entry = { type, at, by, company, subject: id, changes }
  await control.batch([...statements, insertControlEntries(entry)], 'write')
}
