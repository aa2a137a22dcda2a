import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { approvingOf } from '#worker/access/rights-context.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { changeWebhook, createWebhook, removeWebhook, replayFrom, rotateSecret, webhookIn } from './change-webhooks.ts'
import { resend, sendTest } from './send-webhook.ts'
import { readDeliveries, readWebhooks } from './store.ts'
import { NewWebhook, Replay, type Webhook, WebhookChange } from './webhook.ts'

const KEPT = 200
const WebhookAnswer = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  state: z.string(),
  place: z.int(),
  failures: z.int(),
  nextAt: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
})
const WithSecret = z.extend(WebhookAnswer, { secret: z.string() })
const DeliveryAnswer = z.object({
  id: z.string(),
  webhook: z.string(),
  firstSequence: z.int(),
  lastSequence: z.int(),
  state: z.string(),
  tries: z.int(),
  status: z.nullable(z.int()),
  fault: z.nullable(z.string()),
  madeAt: z.string(),
  triedAt: z.nullable(z.string()),
})

export const contextOf = (c: Context<Env>) => ({
  ...approvingOf(c),
  company: c.var.access.id,
  companyName: c.var.access.name,
  signingKey: c.env.SIGNING_KEY,
})
export const deliveringOf = (c: Context<Env>) => ({ env: c.env, control: c.var.control, db: c.var.db })
const answerOf = ({ company: _, secretVersion: __, ...webhook }: Webhook) => webhook

/** Where a company's events are sent. Mounted at /companies/:company. */
export const webhooks = new Hono<Env>()
  .get(
    '/webhooks',
    operation({
      summary: 'Webhooks',
      access: 'webhook:write',
      answer: {
        status: 200,
        schema: z.object({ webhooks: z.array(WebhookAnswer) }),
        description: 'Never their secrets',
      },
    }),
    async (c) => c.json({ webhooks: (await readWebhooks(c.var.control, c.var.access.id)).map(answerOf) }),
  )
  .post(
    '/webhooks',
    operation({
      summary: 'Have events sent to an address of yours',
      description:
        'From now on, in order and without holes, signed (docs/webhooks.md). `types` are event types, such as `voucher.posted`, or the first words of them, such as `voucher`; none is all.',
      secrets: ['secret'],
      access: 'webhook:write',
      stepUp: true,
      body: NewWebhook,
      answer: { status: 201, schema: WithSecret, description: 'Keep `secret`: it is told here alone' },
      problems: ['webhook/address', 'limit/reached'],
    }),
    async (c) => {
      const { secret, ...webhook } = await createWebhook(contextOf(c), await accept(c, NewWebhook))
      return c.json({ ...answerOf(webhook), secret }, 201)
    },
  )
  .patch(
    '/webhooks/:webhook',
    operation({
      summary: 'Change, pause or switch on a webhook',
      description:
        'Switched on, it goes on where it stopped. Another `url` is confirmed with a passkey or code, as a new webhook is (`step-up/required`).',
      access: 'webhook:write',
      body: WebhookChange,
      answer: { status: 200, schema: WebhookAnswer, description: 'As it is now' },
      problems: ['webhook/unknown', 'webhook/address'],
    }),
    async (c) => {
      const change = await accept(c, WebhookChange)
      return c.json(answerOf(await changeWebhook(contextOf(c), pathText(c, 'webhook'), change)))
    },
  )
  .delete(
    '/webhooks/:webhook',
    operation({
      summary: 'Remove a webhook',
      access: 'webhook:write',
      whileDeleting: true,
      answer: { status: 204, description: 'Nothing more is sent there' },
      problems: ['webhook/unknown'],
    }),
    async (c) => {
      await removeWebhook(contextOf(c), pathText(c, 'webhook'))
      return c.body(null, 204)
    },
  )
  .post(
    '/webhooks/:webhook/secret',
    operation({
      summary: 'Give a webhook a new secret',
      description: 'The one before signs beside it until the next, so that the receiver can change over.',
      secrets: ['secret'],
      access: 'webhook:write',
      answer: { status: 200, schema: WithSecret, description: 'Keep `secret`: it is told here alone' },
      problems: ['webhook/unknown'],
    }),
    async (c) => {
      const { secret, ...webhook } = await rotateSecret(contextOf(c), pathText(c, 'webhook'))
      return c.json({ ...answerOf(webhook), secret })
    },
  )
  .post(
    '/webhooks/:webhook/test',
    operation({
      summary: 'Send a test delivery now',
      access: 'webhook:write',
      answer: { status: 200, schema: DeliveryAnswer, description: 'What became of it' },
      problems: ['webhook/unknown'],
    }),
    async (c) => {
      const webhook = await webhookIn(c.var.control, c.var.access.id, pathText(c, 'webhook'))
      return c.json(await sendTest(deliveringOf(c), webhook))
    },
  )
  .post(
    '/webhooks/:webhook/replay',
    operation({
      summary: 'Send again what came after an event',
      access: 'webhook:write',
      body: Replay,
      answer: { status: 200, schema: WebhookAnswer, description: 'It goes on from there within a minute' },
      problems: ['webhook/unknown'],
    }),
    async (c) => {
      const { after } = await accept(c, Replay)
      return c.json(answerOf(await replayFrom(contextOf(c), pathText(c, 'webhook'), after)))
    },
  )
  .get(
    '/webhooks/:webhook/deliveries',
    operation({
      summary: 'What was sent to a webhook, and what it answered',
      access: 'webhook:write',
      answer: {
        status: 200,
        schema: z.object({ deliveries: z.array(DeliveryAnswer) }),
        description: 'The newest 200, kept for 30 days',
      },
      problems: ['webhook/unknown'],
    }),
    async (c) => {
      const { id } = await webhookIn(c.var.control, c.var.access.id, pathText(c, 'webhook'))
      return c.json({ deliveries: await readDeliveries(c.var.control, id, KEPT) })
    },
  )
  .post(
    '/webhooks/:webhook/deliveries/:delivery/resend',
    operation({
      summary: 'Send a delivery once more',
      description: 'Under the same id: a receiver that has it already knows it again.',
      access: 'webhook:write',
      answer: { status: 200, schema: DeliveryAnswer, description: 'What became of it' },
      problems: ['webhook/unknown', 'delivery/unknown'],
    }),
    async (c) => {
      const webhook = await webhookIn(c.var.control, c.var.access.id, pathText(c, 'webhook'))
      const sent = await resend(deliveringOf(c), webhook, pathText(c, 'delivery'))
      if (!sent) throw new Problem(404, 'delivery/unknown')
      return c.json(sent)
    },
  )
