import { hex, sha256 } from '#worker/core/hash.ts'
import { rateOn } from '#worker/vat/vat.ts'
import { type Books, lockLevelOn } from './books.ts'
import type { Entry } from './entry.ts'
import type { Voucher } from './voucher-draft.ts'

/** How long a dry-run token holds, in milliseconds. */
export const TOKEN_LIFE_MS = 30 * 60_000
/** Entries carried in a token, so that a stale one can be answered with both sets; larger runs carry only the digest. */
const CARRIED_ENTRIES = 400

/** `planned`: what its scripts will post in other months, and what waits for its fiscal year. */
export type TriedVoucher = {
  voucher: Voucher
  entries: readonly Entry[]
  contentHash: string
  planned: readonly unknown[]
}
export type BriefEntry = [rowKey: string, account: string, party: string | null, amount: number, vatCode: string | null]
type Payload = { company: string; until: number; digest: string; entries?: Record<string, BriefEntry[]> }

export const briefEntries = (entries: readonly Entry[]): BriefEntry[] =>
  entries.map((e) => [e.rowKey, e.account, e.party, e.amount, e.vatCode])

/**
 * One digest of what was tried: contents, resulting entries, and the facts they rest on. Other people's vouchers are not
 * among those facts, so they never make a token stale.
 */
export function digestOf(tried: readonly TriedVoucher[], books: Books): Promise<string> {
  return sha256(
    JSON.stringify(
      tried.map((t) => [
        t.voucher.id,
        t.contentHash,
        t.entries,
        factsUnder(t, books),
        ...(t.planned.length > 0 ? [t.planned] : []),
      ]),
    ),
  )
}

function factsUnder({ voucher, entries }: TriedVoucher, books: Books): unknown[] {
  const accounts = new Set(entries.map((entry) => entry.account))
  const codes = new Set(entries.flatMap((entry) => (entry.vatCode ? [entry.vatCode] : [])))
  return [
    lockLevelOn(voucher.voucherDate, books),
    books.company.vatRegistered,
    [...accounts].map((number) => books.accounts.get(number)),
    [...codes].map((code) => {
      const vatCode = books.vatCodes.get(code)
      return [vatCode, vatCode && rateOn(vatCode, voucher.vatDate, books.vatRates)]
    }),
  ]
}

/** A signed token for what was tried; the Worker keeps nothing between the calls. `now` is in milliseconds. */
export async function tokenOf(company: string, tried: readonly TriedVoucher[], books: Books, now: number, key: string) {
  const count = tried.reduce((total, t) => total + t.entries.length, 0)
  const payload: Payload = {
    company,
    until: now + TOKEN_LIFE_MS,
    digest: await digestOf(tried, books),
    ...(count <= CARRIED_ENTRIES && {
      entries: Object.fromEntries(tried.map((t) => [t.voucher.id, briefEntries(t.entries)])),
    }),
  }
  const body = toBase64Url(new TextEncoder().encode(JSON.stringify(payload)))
  return `dry_${body}.${await sign(body, key)}`
}

/** What the token says; undefined when it is not ours, not this company's, or too old. */
export async function readToken(
  token: string,
  company: string,
  now: number,
  key: string,
): Promise<Payload | undefined> {
  const [body, signature] = token.startsWith('dry_') ? token.slice(4).split('.') : []
  if (!body || !signature || !sameText(signature, await sign(body, key))) return undefined
  const payload = JSON.parse(new TextDecoder().decode(fromBase64Url(body))) as Payload
  return payload.company === company && payload.until >= now ? payload : undefined
}

async function sign(body: string, key: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', new TextEncoder().encode(key), algorithm, false, ['sign'])
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(body))))
}

/** Compares in a time that does not tell where the first difference is. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i % b.length)
  return difference === 0
}

function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
const fromBase64Url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
