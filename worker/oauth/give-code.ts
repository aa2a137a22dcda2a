import { createKey } from '#worker/access/create-key.ts'
import type { RightsContext } from '#worker/access/rights-context.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { randomToken } from '#worker/identity/random-token.ts'
import type { AuthorizationRequest, OauthApp } from './oauth-app.ts'
import { insertCode } from './store.ts'

/** How long a code is good, and what an app is let in with until somebody is asked again, in milliseconds. */
const CODE_MS = 60_000
const CONSENT_MS = 365 * 24 * 3600_000
const after = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString() as Instant

/**
 * Lets an app into a company with what it asks for, once somebody has shown a passkey or code for exactly that. It is let in
 * with a key of its own, which stands among the company's keys and is revoked there. Gives the code that the app exchanges for tokens.
 * @throws Problem 403 permission/missing when it asks for more than who lets it in may; 403 step-up/required; 422 limit/reached.
 */
export async function giveCode(
  ctx: RightsContext,
  { id, name, maker }: OauthApp & { maker: string },
  { redirectUri, scopes, challenge }: AuthorizationRequest,
): Promise<string> {
  const { control, at } = ctx
  const { host } = new URL(redirectUri)
  const key = await createKey(ctx, { name, scopes, expiresAt: after(at, CONSENT_MS) }, { id, maker, host })
  const code = randomToken(32)
  const until = after(at, CODE_MS)
  await control.batch(
    [insertCode({ codeHash: await sha256(code), key: key.id, challenge, redirectUri, until })],
    'write',
  )
  return code
}
