import type { Bindings } from '#worker/http/env.ts'
import { isPublicAddress } from './webhook-url.ts'

/** A Worker cannot ask for addresses itself; this service answers over https (RFC 8484's JSON form). */
const ASKED = 'https://cloudflare-dns.com/dns-query'
const PATIENCE_MS = 5_000
const [A, AAAA] = [1, 28]

/** Every address that a name leads to now. */
export async function addressesOf(env: Pick<Bindings, 'WEBHOOK_ADDRESSES'>, host: string): Promise<string[]> {
  if (env.WEBHOOK_ADDRESSES) return env.WEBHOOK_ADDRESSES(host)
  const answers = await Promise.all(
    [A, AAAA].map(async (type) => {
      const answer = await fetch(`${ASKED}?name=${encodeURIComponent(host)}&type=${type}`, {
        headers: { accept: 'application/dns-json' },
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      if (!answer.ok) throw new Error('no answer about the name')
      const { Answer = [] } = (await answer.json()) as { Answer?: { type: number; data: string }[] }
      return Answer.filter((found) => found.type === type).map((found) => found.data)
    }),
  )
  return answers.flat()
}

/** Whether a name leads to the open internet and nowhere else. One address inside is one too many. */
export async function leadsOutside(env: Pick<Bindings, 'WEBHOOK_ADDRESSES'>, host: string): Promise<boolean> {
  const addresses = await addressesOf(env, host)
  return addresses.length > 0 && addresses.every(isPublicAddress)
}
