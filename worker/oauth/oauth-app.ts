import * as z from 'zod/mini'
import { ALL_PERMISSIONS, type Permission } from '#worker/access/permission.ts'
import type { Instant } from '#worker/core/dates.ts'
import { FilledText } from '#worker/core/text.ts'

/** A program that many companies may let in, as whoever made it described it. */
export type OauthApp = {
  id: string
  name: string
  createdBy: string
  redirectUris: readonly string[]
  /** Whether it keeps a secret, as a server does; on a phone or a desk there is none to keep. */
  confidential: boolean
  createdAt: Instant
}

/** Where browsers are sent back to: https, or this very machine by http. No fragment, nobody's name (RFC 6749 3.1.2, RFC 8252 7.3). */
export function isRedirectUri(text: string): boolean {
  const url = URL.parse(text)
  if (!url || text.length > 500 || url.hash !== '' || text.includes('#') || url.username + url.password !== '')
    return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}
const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)

export const NewOauthApp = z.strictObject({
  // It is shown to others: no line breaks, nothing that turns the writing round.
  name: FilledText(60).check(z.refine((name) => !/\p{C}/u.test(name), 'text/not-allowed')),
  redirectUris: z
    .array(z.string('field/invalid').check(z.refine(isRedirectUri, 'app/redirect-address')), 'field/required')
    .check(z.minLength(1, 'field/required'), z.maxLength(10, 'field/invalid')),
  confidential: z.boolean('field/required'),
})
export type NewOauthApp = z.infer<typeof NewOauthApp>

/** Whether an app may be answered there: an address it named, letter by letter; on one's own machine at any port. */
export const mayAnswerAt = ({ redirectUris }: OauthApp, asked: string): boolean =>
  redirectUris.includes(asked) || redirectUris.some((named) => withoutPort(named) === withoutPort(asked))

/** The address on one's own machine without its port, which a program is given anew each time; undefined for others. */
function withoutPort(text: string): string | symbol {
  const url = isRedirectUri(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:') return Symbol(text)
  url.port = ''
  return url.href
}

/** What an app asks to be let in with. `challenge` is SHA-256 of a secret of its own, base64url (RFC 7636). */
export type AuthorizationRequest = { redirectUri: string; scopes: Permission[]; challenge: string }

/** Refusals that the app itself is told. Source: RFC 6749 4.1.2.1 */
export type AuthorizationFault = 'invalid_request' | 'unsupported_response_type' | 'invalid_scope'

/** Reads a request whose app and address are known to be right. */
export function authorizationOf(query: Readonly<Record<string, string>>): AuthorizationRequest | AuthorizationFault {
  if (query.response_type !== 'code') return 'unsupported_response_type'
  const { code_challenge: challenge = '', redirect_uri: redirectUri = '' } = query
  if (query.code_challenge_method !== 'S256' || !/^[\w-]{43}$/.test(challenge)) return 'invalid_request'
  const asked = [...new Set((query.scope ?? '').split(' ').filter(Boolean))]
  const scopes = asked.filter((scope): scope is Permission => (ALL_PERMISSIONS as readonly string[]).includes(scope))
  return scopes.length === 0 || scopes.length < asked.length ? 'invalid_scope' : { redirectUri, scopes, challenge }
}

/** The app's address with the answer, the state it sent, and who answers (RFC 9207). */
export function answerAddress(redirectUri: string, answer: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}
