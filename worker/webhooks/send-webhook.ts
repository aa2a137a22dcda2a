import { alertAdministrators } from '#worker/alerts/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Event } from '#worker/events/event.ts'
import { insertEvents, readEvents } from '#worker/events/store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { leadsOutside } from './read-addresses.ts'
import {
  type Delivery,
  insertDelivery,
  insertNextDelivery,
  lease,
  movePast,
  noteMiss,
  readDelivery,
  readRound,
  release,
  updateDelivery,
} from './store.ts'
import { headersOfDelivery, MOST_FAILURES, pauseAfter, type Webhook, wants } from './webhook.ts'
import { receiverOf } from './webhook-url.ts'

/** Events of one delivery at most, deliveries of one round, and how long a receiver may take. */
const [LARGEST, ROUND, PATIENCE_MS] = [100, 20, 10_000]
/** How long a round holds its webhook; it begins nothing when less is left than one look-up and one receiver may take, and some. */
const [LEASE_MS, LEFT_MS] = [120_000, 30_000]

export type Delivering = {
  env: Pick<Bindings, 'SIGNING_KEY' | 'WEBHOOKS' | 'WEBHOOK_ADDRESSES'>
  control: Database
  /** The company's. */
  db: Database
}
const now = (): Instant => new Date().toISOString() as Instant
const later = (ms: number): Instant => new Date(Date.now() + ms).toISOString() as Instant

/** Does what nobody else may do for the webhook meanwhile; undefined when somebody has it. `goesOn`: there is time for more. */
async function alone<T>(
  { control }: Delivering,
  id: string,
  work: (goesOn: () => boolean) => Promise<T>,
): Promise<T | undefined> {
  const until = later(LEASE_MS)
  const last = Date.now() + LEASE_MS - LEFT_MS
  const leased = await control.execute(lease(id, now(), until))
  if (leased.rowsAffected === 0) return undefined
  try {
    return await work(() => Date.now() < last)
  } finally {
    await control.execute(release(id, until))
  }
}

/**
 * Sends what a webhook has not been sent yet, in order, until there is no more, one delivery fails, or its time is up. Nobody else
 * delivers for it meanwhile. Gives how many deliveries got through.
 */
export async function deliverDue(ctx: Delivering, id: string): Promise<number> {
  const begun = now()
  const delivered = await alone(ctx, id, async (goesOn) => {
    for (let done = 0; ; done++) {
      const { webhook, waiting } = await readRound(ctx.control, id)
      // Another round may have ended right before this one began.
      const ready = webhook?.state === 'active' && (done > 0 || webhook.nextAt <= begun)
      if (!ready || done === ROUND || !goesOn()) return done
      const next = waiting ? { delivery: waiting } : await nextDelivery(ctx, webhook, goesOn)
      if (!next || !(await tryDelivery(ctx, webhook, next))) return done
    }
  })
  return delivered ?? 0
}

/** A delivery to try, with its events where they have been read already. */
type Next = { delivery: Delivery; events?: Event[] }

/** The next delivery of events that the webhook wants; undefined when there are none, and its place is then after them all. */
async function nextDelivery(
  { control, db }: Delivering,
  webhook: Webhook,
  goesOn: () => boolean,
): Promise<Next | undefined> {
  for (let { place } = webhook; goesOn(); ) {
    const events = await readEvents(db, place, LARGEST)
    const last = events.at(-1)?.sequence
    if (last === undefined) return undefined
    const delivery = newDelivery(webhook, place + 1, last)
    if (events.some((event) => wants(webhook, event.type))) {
      const made = await control.execute(insertNextDelivery(delivery))
      return made.rowsAffected === 0 ? undefined : { delivery, events }
    }
    place = last
    await control.execute(movePast(delivery, now()))
  }
  return undefined
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
async function tryDelivery(ctx: Delivering, webhook: Webhook, { delivery, events }: Next): Promise<boolean> {
  const { control, db } = ctx
  const answer = await send(ctx, webhook, delivery, events)
  const at = now()
  const tried = { ...delivery, ...answer, tries: delivery.tries + 1, triedAt: at }
  if (answer.fault === null) {
    await control.batch([updateDelivery({ ...tried, state: 'delivered' }), movePast(delivery, at)], 'write')
    return true
  }
  const failures = webhook.failures + 1
  const gaveUp = failures >= MOST_FAILURES
  const told = { kind: 'webhook-disabled', subject: webhook.id, params: { name: webhook.name }, at } as const
  const [, missed] = await control.batch(
    [
      updateDelivery({ ...tried, state: gaveUp ? 'failed' : 'waiting' }),
      noteMiss(webhook, later(pauseAfter(failures)), gaveUp),
      ...(gaveUp ? [alertAdministrators(told, webhook.company, { ifChanged: true })] : []),
    ],
    'write',
  )
  if (gaveUp && missed!.rowsAffected > 0) {
    const changes = { state: ['active', 'disabled'], fault: [null, answer.fault] } as const
    const event = { type: 'webhook.disabled', at, by: 'system', subject: webhook.id, changes }
    await db.batch([insertEvents(event)], 'write')
  }
  return false
}

/**
 * Sends a delivery once more, at a person's word, under the same id: a receiver that has it already knows it again. One that
 * waits is tried as its next try, by nobody else meanwhile; while a round is at it, it is given as it stands.
 */
export async function resend(ctx: Delivering, webhook: Webhook, id: string): Promise<Delivery | undefined> {
  const delivery = await readDelivery(ctx.control, webhook.id, id)
  if (!delivery) return undefined
  if (delivery.state === 'waiting') {
    await alone(ctx, webhook.id, async () => {
      const { webhook: is, waiting } = await readRound(ctx.control, webhook.id)
      if (is && waiting?.id === id) await tryDelivery(ctx, is, { delivery: waiting })
    })
    return readDelivery(ctx.control, webhook.id, id)
  }
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
async function send(
  { env, db }: Delivering,
  webhook: Webhook,
  delivery: Delivery,
  read?: readonly Event[],
): Promise<Answer> {
  const url = receiverOf(webhook.url)
  if (!url) return { status: null, fault: 'address' }
  const { firstSequence, lastSequence } = delivery
  const count = lastSequence - firstSequence + 1
  const events = read ?? (lastSequence === 0 ? [] : await readEvents(db, firstSequence - 1, count))
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
