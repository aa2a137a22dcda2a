import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { Problem } from '#worker/core/problem.ts'
import { cutText } from '#worker/core/text.ts'
import { challengeFor, takeChallenge } from './challenge.ts'
import { countPasskey, deletePasskey, insertPasskey, type Passkey, readPasskey, readPasskeys } from './factor-store.ts'
import { firstRecoveryCodes } from './keep-code-app.ts'
import { creationOptions, type NewPasskey, requestOptions, type ShownPasskey } from './passkey.ts'
import { base64url, fromBase64url } from './random-token.ts'
import type { SignInContext } from './sign-in.ts'
import { tell } from './tell-user.ts'
import { readUserById, type User } from './user-store.ts'

/** A quarter of what the Worker carries, and seldom needed: it is made ready when it is first used. */
const library = () => import('@simplewebauthn/server')

/** What a challenge is answered for: signing in, or who is asked to make or show a passkey. */
export const SIGN_IN = 'sign-in'
const making = (user: string) => `make ${user}`
export const showing = (user: string) => `show ${user}`

const hostOf = (origin: string): string => new URL(origin).hostname
const handleOf = (user: string): string => base64url(new TextEncoder().encode(user))

/** What the browser is asked for when anyone may sign in. Nothing is stored. */
export async function signInOptions({ env, now, origin }: SignInContext) {
  return requestOptions(hostOf(origin), await challengeFor(SIGN_IN, env.PASSWORD_PEPPER, now))
}
/** What the browser is asked for when it must be this user. */
export async function showOptions({ control, env, now, origin }: SignInContext, user: string) {
  const challenge = await challengeFor(showing(user), env.PASSWORD_PEPPER, now)
  return requestOptions(hostOf(origin), challenge, await readPasskeys(control, user))
}
export async function makeOptions({ control, env, now, origin }: SignInContext, user: User) {
  const challenge = await challengeFor(making(user.id), env.PASSWORD_PEPPER, now)
  return creationOptions(hostOf(origin), challenge, user, handleOf(user.id), await readPasskeys(control, user.id))
}

/**
 * Keeps a passkey that was made just now. Gives recovery codes when it is the user's first factor.
 * @throws Problem 401 passkey/not-accepted.
 */
export async function addPasskey(ctx: SignInContext, user: User, made: NewPasskey): Promise<readonly string[]> {
  const { control, env, now, origin, client } = ctx
  const { verifyRegistrationResponse } = await library()
  const verified = await verifyRegistrationResponse({
    response: made as RegistrationResponseJSON,
    expectedChallenge: (challenge) => takeChallenge(control, challenge, making(user.id), env.PASSWORD_PEPPER, now),
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    requireUserVerification: true,
  }).catch(refuse)
  const credential = verified.registrationInfo?.credential
  if (!verified.verified || !credential) throw refused()
  const kept = {
    id: credential.id,
    user: user.id,
    publicKey: base64url(credential.publicKey),
    counter: credential.counter,
    transports: made.response.transports ?? [],
    name: cutText(client.device || 'Passkey', 60),
    createdAt: now,
  }
  if (!(await tell(ctx, user, 'passkey-added', { work: [insertPasskey(kept)], ifChanged: true }))) throw refused()
  return firstRecoveryCodes(ctx, user)
}

/**
 * Judges a passkey that was shown, and gives whose it is. Its challenge is good once, for this purpose only; the origin must be
 * ours, finger, face or code shown, and a counter that stands still is a copy.
 * @throws Problem 401 passkey/not-accepted.
 */
export async function checkPasskey(ctx: SignInContext, shown: ShownPasskey, purpose: string): Promise<User> {
  const { control, env, now, origin } = ctx
  const passkey = await readPasskey(control, shown.id)
  const handle = shown.response.userHandle
  if (!passkey || (handle && handle !== handleOf(passkey.user))) throw refused()
  const { verifyAuthenticationResponse } = await library()
  const verified = await verifyAuthenticationResponse({
    response: shown as AuthenticationResponseJSON,
    expectedChallenge: (challenge) => takeChallenge(control, challenge, purpose, env.PASSWORD_PEPPER, now),
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    credential: credentialOf(passkey),
    requireUserVerification: true,
  }).catch(refuse)
  if (!verified.verified) throw refused()
  const counted = await control.execute(countPasskey(passkey.id, verified.authenticationInfo.newCounter, now))
  const user = counted.rowsAffected > 0 ? await readUserById(control, passkey.user) : undefined
  if (!user) throw refused()
  return user
}

const credentialOf = ({ id, publicKey, counter }: Passkey) => ({ id, publicKey: fromBase64url(publicKey), counter })

/** @throws Problem 404 request/not-found. */
export async function removePasskey(ctx: SignInContext, user: User, id: string): Promise<void> {
  if (!(await tell(ctx, user, 'passkey-removed', { work: [deletePasskey(id, user.id)], ifChanged: true })))
    throw new Problem(404, 'request/not-found')
}

const refused = () => new Problem(401, 'passkey/not-accepted')
/** The library says by an error what it does not accept; a fault of ours is thrown on. */
const refuse = (error: unknown): never => {
  throw error instanceof Problem || (error as { code?: string }).code ? error : refused()
}
