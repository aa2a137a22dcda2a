// Verifies a delivery from Hovedbok, in Node or any runtime with node:crypto. Run by tests/webhooks/.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far a timestamp may be from our clock, in seconds. */
const TOLERANCE = 300

/**
 * Whether a delivery is genuine and new. `headers` has lower-case names, `body` is the text exactly as it came. `seen.has` says
 * whether an id has been handled. Whoever handles a delivery writes its id down in the same transaction as what it did with the events
 * (a table with a unique key): a receiver that stops in between gets it again, and has then not handled it.
 */
export function verifyWebhook({ headers, body, secret, seen, now = Date.now() / 1000 }) {
  const delivery = headers['hovedbok-delivery'] ?? ''
  const timestamp = headers['hovedbok-timestamp'] ?? ''
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > TOLERANCE) return 'too-old'
  const expected = Buffer.from(
    `v1=${createHmac('sha256', secret).update(`${timestamp}.${delivery}.${body}`).digest('hex')}`,
  )
  const fits = (headers['hovedbok-signature'] ?? '')
    .split(' ')
    .map((signature) => Buffer.from(signature))
    .some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected))
  if (!fits) return 'forged'
  if (seen.has(delivery)) return 'repeated'
  return 'genuine'
}
