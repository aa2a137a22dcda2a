import * as oauth from 'oauth4webapi'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { insertProviderAccount, readProviderUser } from './factor-store.ts'
import { type Provider, providersOf } from './provider.ts'
import { seal, unseal } from './sealed.ts'
import { goOn, type Progress, type SignInContext } from './sign-in.ts'
import { startSession } from './start-session.ts'
import { spend } from './store.ts'
import { tell } from './tell-user.ts'
import { readUserById } from './user-store.ts'

/** Time for signing in at the provider, in milliseconds. */
const ROUND_MS = 10 * 60_000
const SEALED = 'sign-in elsewhere'

/** What is kept in the browser, sealed, between leaving and coming back: the answer must come to the browser that asked. */
type Round = {
  provider: string
  state: string
  nonce: string
  verifier: string
  to: string
  /** Who joins the account to their user, and in which session; without it one signs in. */
  join: { user: string; session: string } | null
  until: number
}

/** @throws Problem 404 request/not-found for a provider that is not configured. */
function providerOf({ env }: SignInContext, key: string): Provider {
  const provider = providersOf(env.OIDC_PROVIDERS).find((p) => p.key === key)
  if (!provider) throw new Problem(404, 'request/not-found')
  return provider
}

const callbackOf = (origin: string, { key }: Provider): string => `${origin}/sign-in/with/${key}/callback`
const fetchOf = ({ env }: SignInContext) => (env.OIDC_FETCH ? { [oauth.customFetch]: env.OIDC_FETCH as never } : {})

async function serverOf(ctx: SignInContext, provider: Provider): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(provider.issuer)
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...fetchOf(ctx) })
  return oauth.processDiscoveryResponse(issuer, answer)
}

/** Where to go to sign in at a provider, and what the browser keeps meanwhile. @throws Problem 404; 503 provider/unreachable. */
export async function leaveFor(
  ctx: SignInContext,
  key: string,
  to: string,
  join: Round['join'] = null,
): Promise<{ address: string; round: string }> {
  const provider = providerOf(ctx, key)
  const server = await serverOf(ctx, provider).catch(() => {
    throw new Problem(503, 'provider/unreachable', { params: { provider: provider.name } })
  })
  const round: Round = {
    provider: key,
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    to,
    join,
    until: Date.parse(ctx.now) + ROUND_MS,
  }
  const address = new URL(server.authorization_endpoint!)
  const asked = {
    client_id: provider.clientId,
    redirect_uri: callbackOf(ctx.origin, provider),
    response_type: 'code',
    scope: provider.scope,
    state: round.state,
    nonce: round.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(round.verifier),
    code_challenge_method: 'S256',
    ...(provider.acrValues && { acr_values: provider.acrValues }),
  }
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
  return { address: address.href, round: await seal(JSON.stringify(round), ctx.env.PASSWORD_PEPPER, SEALED) }
}

/**
 * Comes back from a provider: the state is this browser's and good once, the code is exchanged with PKCE, and the ID token is
 * from the issuer, for us, with our nonce and a signature that holds. Then whoever has joined the account is signed in.
 * Nobody is found by an e-mail address: an account is joined by its owner, in a session of theirs.
 * @throws Problem 401 provider/not-accepted, provider/not-joined; 403 provider/not-verified; 409 provider/joined-by-other.
 */
export async function comeBack(
  ctx: SignInContext,
  key: string,
  kept: string | undefined,
  callback: URL,
  session: string | null,
): Promise<{ to: string; progress: Progress | null }> {
  const provider = providerOf(ctx, key)
  const round = await roundOf(ctx, key, kept)
  const claims = await claimsOf(ctx, provider, round, callback).catch((error) => {
    if (error instanceof Problem) throw error
    throw refused(provider)
  })
  const user = await readProviderUser(ctx.control, provider.issuer, claims.sub)
  if (round.join) {
    if (round.join.session !== session) throw refused(provider)
    await join(ctx, provider, round.join.user, user, claims)
    return { to: round.to, progress: null }
  }
  const found = user && (await readUserById(ctx.control, user))
  if (!found) throw new Problem(401, 'provider/not-joined', { params: { provider: provider.name } })
  const progress = provider.secondFactor
    ? { signedIn: await startSession(ctx, found, { method: 'provider', proven: true }) }
    : await goOn(ctx, found, 'provider')
  return { to: round.to, progress }
}

async function roundOf({ control, env, now }: SignInContext, key: string, kept: string | undefined): Promise<Round> {
  const text = kept && (await unseal(kept, env.PASSWORD_PEPPER, SEALED))
  const round = text ? (JSON.parse(text) as Round) : undefined
  const good =
    round?.provider === key &&
    round.until > Date.parse(now) &&
    (await spend(control, await sha256(round.state), new Date(round.until).toISOString() as Instant, now))
  if (!good) throw new Problem(401, 'sign-in/step-ended')
  return round
}

async function claimsOf(
  ctx: SignInContext,
  provider: Provider,
  { state, nonce, verifier }: Round,
  callback: URL,
): Promise<oauth.IDToken> {
  const server = await serverOf(ctx, provider)
  const client: oauth.Client = { client_id: provider.clientId }
  const answered = oauth.validateAuthResponse(server, client, callback, state)
  const authentication = provider.clientSecret ? oauth.ClientSecretPost(provider.clientSecret) : oauth.None()
  const redirect = callbackOf(ctx.origin, provider)
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    answered,
    redirect,
    verifier,
    fetchOf(ctx),
  )
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, {
    expectedNonce: nonce,
    requireIdToken: true,
  })
  await oauth.validateApplicationLevelSignature(server, answer, fetchOf(ctx))
  const claims = oauth.getValidatedIdTokenClaims(tokens)!
  if (provider.acrValues && !provider.acrValues.split(' ').includes(String(claims.acr))) throw refused(provider)
  return claims
}

/** An account is joined once, by a user whose own address is verified. */
async function join(
  ctx: SignInContext,
  provider: Provider,
  id: string,
  joinedBy: string | undefined,
  claims: oauth.IDToken,
): Promise<void> {
  const user = await readUserById(ctx.control, id)
  if (!user?.emailVerifiedAt || claims.email_verified === false)
    throw new Problem(403, 'provider/not-verified', { params: { provider: provider.name } })
  if (joinedBy === user.id) return
  const email = typeof claims.email === 'string' ? claims.email.slice(0, 254) : null
  const account = { issuer: provider.issuer, subject: claims.sub, provider: provider.name, email, createdAt: ctx.now }
  const work = [insertProviderAccount(user.id, account)]
  if (joinedBy || !(await tell(ctx, user, 'provider-joined', { work, ifChanged: true })))
    throw new Problem(409, 'provider/joined-by-other', { params: { provider: provider.name } })
}

const refused = ({ name }: Provider) => new Problem(401, 'provider/not-accepted', { params: { provider: name } })
