import { alertAdministrators } from '#worker/alerts/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import type { Database } from '#worker/database/connect.ts'
import { insertEvents, readEvents } from '#worker/events/store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { leadsOutside } from './read-addresses.ts'
import {
  type Delivery,
  insertDelivery,
  lease,
  moveWebhook,
  readDelivery,
  readWaiting,
  readWebhook,
  release,
  updateDelivery,
} from './store.ts'
import { headersOfDelivery, MOST_FAILURES, pauseAfter, type Webhook, wants } from './webhook.ts'
import { receiverOf } from './webhook-url.ts'

/** Events of one delivery at most, deliveries of one round, how long a receiver may take, and how long a round holds its webhook. */
const [LARGEST, ROUND, PATIENCE_MS, LEASE_MS] = [100, 20, 10_000, 120_000]

export type Delivering = {
  env: Pick<Bindings, 'SIGNING_KEY' | 'WEBHOOKS' | 'WEBHOOK_ADDRESSES'>
  control: Database
  /** The company's. */
  db: Database
}
const now = (): Instant => new Date().toISOString() as Instant
const later = (ms: number): Instant => new Date(Date.now() + ms).toISOString() as Instant

/**
 * Sends what a webhook has not been sent yet, in order, until there is no more or one delivery fails. Nobody else delivers for it
 * meanwhile. Gives how many deliveries got through.
 */
export async function deliverDue(ctx: Delivering, company: string, id: string): Promise<number> {
  const { control } = ctx
  const at = now()
  const [leased] = await control.batch([lease(id, at, later(LEASE_MS))], 'write')
  if (leased!.rowsAffected === 0) return 0
  let delivered = 0
  try {
    for (; delivered < ROUND; delivered++) {
      const webhook = await readWebhook(control, company, id)
      if (webhook?.state !== 'active') break
      const delivery = (await readWaiting(control, id)) ?? (await nextDelivery(ctx, webhook))
      if (!delivery || !(await tryDelivery(ctx, webhook, delivery))) break
    }
    return delivered
  } finally {
    await control.batch([release(id)], 'write')
  }
}

/** The next delivery of events that the webhook wants; undefined when there are none, and its place is then after them all. */
async function nextDelivery({ control, db }: Delivering, webhook: Webhook): Promise<Delivery | undefined> {
  for (let { place } = webhook; ; ) {
    const events = await readEvents(db, place, LARGEST)
    const last = events.at(-1)?.sequence
    if (last === undefined) return undefined
    const delivery = { ...newDelivery(webhook, place + 1, last), state: 'waiting' as const }
    if (events.some((event) => wants(webhook, event.type))) {
      await control.batch([insertDelivery(delivery)], 'write')
      return delivery
    }
    place = last
    await control.batch([moveWebhook(webhook.id, { ...webhook, place, nextAt: now() })], 'write')
  }
}

const newDelivery = (webhook: Webhook, firstSequence: number, lastSequence: number): Delivery => ({
  id: idOf('whd', crypto.getRandomValues(new Uint8Array(17))),
  webhook: webhook.id,
  firstSequence,
  lastSequence,
  state: 'waiting',
  tries: 0,
  status: null,
  fault: null,
  madeAt: now(),
  triedAt: null,
})

/** One try. Gives whether it got through; when it did not, the next is later, or the webhook is switched off and its people told. */
async function tryDelivery(ctx: Delivering, webhook: Webhook, delivery: Delivery): Promise<boolean> {
  const { control, db } = ctx
  const answer = await send(ctx, webhook, delivery)
  const done = answer.fault === null
  const failures = done ? 0 : webhook.failures + 1
  const gaveUp = failures >= MOST_FAILURES
  const tried = { ...delivery, ...answer, tries: delivery.tries + 1, triedAt: now() }
  const moved = {
    place: done ? Math.max(webhook.place, delivery.lastSequence) : webhook.place,
    failures,
    nextAt: done ? now() : later(pauseAfter(failures)),
    state: gaveUp ? ('disabled' as const) : webhook.state,
  }
  const at = now()
  const told = { kind: 'webhook-disabled', subject: webhook.id, params: { name: webhook.name }, at } as const
  await control.batch(
    [
      updateDelivery({ ...tried, state: done ? 'delivered' : gaveUp ? 'failed' : 'waiting' }),
      moveWebhook(webhook.id, moved),
      ...(gaveUp ? [alertAdministrators(told, webhook.company)] : []),
    ],
    'write',
  )
  if (gaveUp) {
    const changes = { state: ['active', 'disabled'], fault: [null, answer.fault] } as const
    const event = { type: 'webhook.disabled', at, by: 'system', subject: webhook.id, changes }
    await db.batch([insertEvents(event)], 'write')
  }
  return done
}

/** Sends a delivery once more, at a person's word, under the same id: a receiver that has it already knows it again. */
export async function resend(ctx: Delivering, webhook: Webhook, id: string): Promise<Delivery | undefined> {
  const delivery = await readDelivery(ctx.control, webhook.id, id)
  if (!delivery) return undefined
  const answer = await send(ctx, webhook, delivery)
  const state = answer.fault === null ? 'delivered' : delivery.state
  const tried = { ...delivery, ...answer, state, tries: delivery.tries + 1, triedAt: now() } as Delivery
  await ctx.control.batch([updateDelivery(tried)], 'write')
  return tried
}

/** Sends an empty delivery, to see that the receiver answers and reads the signature. It stands in the log. */
export async function sendTest(ctx: Delivering, webhook: Webhook): Promise<Delivery> {
  const delivery = newDelivery(webhook, 0, 0)
  const answer = await send(ctx, webhook, delivery)
  const state = answer.fault === null ? ('delivered' as const) : ('failed' as const)
  const tried = { ...delivery, ...answer, state, tries: 1, triedAt: now() }
  await ctx.control.batch([insertDelivery(tried), updateDelivery(tried)], 'write')
  return tried
}

type Answer = Pick<Delivery, 'status' | 'fault'>

/** Posts a delivery. The name is looked up anew each time: one that has come to lead inside gets nothing. */
async function send({ env, db }: Delivering, webhook: Webhook, delivery: Delivery): Promise<Answer> {
  const url = receiverOf(webhook.url)
  if (!url) return { status: null, fault: 'address' }
  const { firstSequence, lastSequence } = delivery
  const count = lastSequence - firstSequence + 1
  const events = lastSequence === 0 ? [] : await readEvents(db, firstSequence - 1, count)
  const body = JSON.stringify({
    company: webhook.company,
    webhook: webhook.id,
    delivery: delivery.id,
    test: lastSequence === 0,
    events: events.filter((event) => event.sequence <= lastSequence && wants(webhook, event.type)),
    next: lastSequence,
  })
  const timestamp = Math.floor(Date.now() / 1_000)
  const headers = await headersOfDelivery(env.SIGNING_KEY, webhook, { timestamp, delivery: delivery.id, body })
  try {
    if (!(await leadsOutside(env, url.hostname))) return { status: null, fault: 'address' }
    const request = {
      method: 'POST',
      headers,
      body,
      redirect: 'manual' as const,
      signal: AbortSignal.timeout(PATIENCE_MS),
    }
    const answer = await (env.WEBHOOKS ? env.WEBHOOKS.fetch(url.href, request) : fetch(url.href, request))
    await answer.body?.cancel()
    const { status } = answer
    if (status >= 200 && status < 300) return { status, fault: null }
    return { status: status || null, fault: status === 0 || (status >= 300 && status < 400) ? 'redirect' : 'status' }
  } catch (error) {
    return { status: null, fault: (error as Error).name === 'TimeoutError' ? 'timeout' : 'no-answer' }
  }
}
