import * as z from 'zod/mini'
import { hex } from '#worker/core/hash.ts'
import { FilledText } from '#worker/core/text.ts'
import { receiverOf } from './webhook-url.ts'

/** Where a company's events are sent. `types` are event types, or the first words of them; none is all of them. */
export type Webhook = {
  id: string
  company: string
  name: string
  url: string
  types: readonly string[]
  /** `disabled`: by Hovedbok, after many failures. */
  state: 'active' | 'paused' | 'disabled'
  secretVersion: number
  /** The last event that has been sent. */
  place: number
  failures: number
  nextAt: string
  createdBy: string
  createdAt: string
}

const Url = z
  .string({ error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') })
  .check(z.refine((text) => receiverOf(text) !== undefined, 'webhook/address'))
const Types = z
  .array(z.string().check(z.regex(/^[a-z-]{1,40}(\.[a-z-]{1,40})?$/, 'field/invalid')), { error: 'field/invalid' })
  .check(z.maxLength(50, 'field/invalid'))

export const NewWebhook = z.strictObject({ name: FilledText(100), url: Url, types: z._default(Types, []) })
export type NewWebhook = z.infer<typeof NewWebhook>
export const WebhookChange = z.strictObject({
  name: z.optional(FilledText(100)),
  url: z.optional(Url),
  types: z.optional(Types),
  state: z.optional(z.enum(['active', 'paused'], { error: 'field/invalid' })),
})
export type WebhookChange = z.infer<typeof WebhookChange>
/** Send again from the event after this one. */
export const Replay = z.strictObject({ after: z.int('field/invalid').check(z.minimum(0, 'field/invalid')) })

/** Tries of one delivery before the webhook is switched off, and the pauses between them in seconds: a day in all. */
const PAUSES = [10, 30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800]
export const MOST_FAILURES = PAUSES.length + 1
/** How long to wait after so many failures, in milliseconds. */
export const pauseAfter = (failures: number): number =>
  1_000 * PAUSES[Math.min(Math.max(failures, 1), PAUSES.length) - 1]!

export const wants = (webhook: Pick<Webhook, 'types'>, type: string): boolean =>
  webhook.types.length === 0 || webhook.types.some((wanted) => wanted === type || type.startsWith(`${wanted}.`))

const utf8 = new TextEncoder()
async function hmac(key: string, text: string): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const secret = await crypto.subtle.importKey('raw', utf8.encode(key), algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', secret, utf8.encode(text)))
}

/** The secret of a webhook in one of its versions, made from the signing key each time: it is kept nowhere. */
export const secretOf = async (signingKey: string, id: string, version: number): Promise<string> =>
  `whsec_${hex(await hmac(signingKey, `hovedbok/webhook/${id}/${version}`))}`

export const signatureOf = async (secret: string, timestamp: number, delivery: string, body: string): Promise<string> =>
  `v1=${hex(await hmac(secret, `${timestamp}.${delivery}.${body}`))}`

/**
 * The headers of a delivery: its id and time, and a signature over both and the body. After a new secret was made, the one before
 * signs as well, so that the receiver can change over without losing a delivery.
 */
export async function headersOfDelivery(
  signingKey: string,
  webhook: Pick<Webhook, 'id' | 'secretVersion'>,
  { timestamp, delivery, body }: { timestamp: number; delivery: string; body: string },
): Promise<Record<string, string>> {
  const versions = [webhook.secretVersion, webhook.secretVersion - 1].filter((version) => version > 0)
  const signatures = await Promise.all(
    versions.map(async (v) => signatureOf(await secretOf(signingKey, webhook.id, v), timestamp, delivery, body)),
  )
  return {
    'content-type': 'application/json',
    'user-agent': 'Hovedbok-Webhook/1',
    'hovedbok-delivery': delivery,
    'hovedbok-timestamp': String(timestamp),
    'hovedbok-signature': signatures.join(' '),
  }
}
