import { Secret } from 'otpauth'
import { Problem } from '#worker/core/problem.ts'
import { CODE_APP, isAppCode, plainCode, recoveryHash, stepOf, totpOf } from './check-code.ts'
import { deleteCodeApp, insertCodeApp, readFactors, replaceRecoveryCodes } from './factor-store.ts'
import { CODE_TRIES, countOrRefuse } from './limit-tries.ts'
import { seal, unseal } from './sealed.ts'
import type { SignInContext } from './sign-in.ts'
import { tell } from './tell-user.ts'
import { uncount } from './try-store.ts'
import type { User } from './user-store.ts'

const SECRET_BYTES = 20
const RECOVERY_CODES = 10
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'

/** Time to connect a code app, in milliseconds. */
const SET_UP_MS = 30 * 60_000
const SET_UP = 'code app set-up'

/**
 * A new secret for a code app. It is kept nowhere but in the page that shows it, sealed for its user, until a code confirms it:
 * who has only looked at the page knows no secret that is used.
 */
export async function startCodeApp(
  { env, now }: SignInContext,
  user: User,
): Promise<{ secret: string; uri: string; sealed: string }> {
  const secret = new Secret({ size: SECRET_BYTES }).base32
  const setUp = JSON.stringify({ user: user.id, secret, until: Date.parse(now) + SET_UP_MS })
  return { secret, uri: totpOf(secret, user.email).toString(), sealed: await seal(setUp, env.PASSWORD_PEPPER, SET_UP) }
}

/** The page's secret, to show it again after a wrong code. @throws Problem 401 sign-in/step-ended. */
export async function setUpOf(
  { env, now }: SignInContext,
  user: User,
  sealed: string,
): Promise<{ secret: string; uri: string }> {
  const text = await unseal(sealed, env.PASSWORD_PEPPER, SET_UP)
  const setUp = text ? (JSON.parse(text) as { user: string; secret: string; until: number }) : undefined
  if (setUp?.user !== user.id || setUp.until < Date.parse(now)) throw new Problem(401, 'sign-in/step-ended')
  return { secret: setUp.secret, uri: totpOf(setUp.secret, user.email).toString() }
}

/**
 * Connects a code app by a code from it. Gives recovery codes when it is the first factor.
 * @throws Problem 401 code/wrong, sign-in/step-ended; 409 code-app/exists; 429 request/too-many.
 */
export async function finishCodeApp(
  ctx: SignInContext,
  user: User,
  sealed: string,
  typed: string,
): Promise<readonly string[]> {
  const { control, env, now, client } = ctx
  const { secret } = await setUpOf(ctx, user, sealed)
  const tried = await countOrRefuse(control, { subject: `set-up:${user.id}`, limit: CODE_TRIES }, client, now)
  const code = plainCode(typed)
  const step = isAppCode(code) ? stepOf(secret, code, now) : undefined
  if (step === undefined) throw new Problem(401, 'code/wrong')
  const kept = insertCodeApp(user.id, await seal(secret, env.PASSWORD_PEPPER, CODE_APP), step, now)
  const added = await tell(ctx, user, 'codes-on', { work: [uncount(tried.at), kept], ifChanged: true })
  if (!added) throw new Problem(409, 'code-app/exists')
  return firstRecoveryCodes(ctx, user)
}

export async function removeCodeApp(ctx: SignInContext, user: User): Promise<void> {
  await tell(ctx, user, 'codes-off', { work: [deleteCodeApp(user.id)], ifChanged: true })
}

/** Recovery codes for who has just got a first factor and has none; else no new ones. */
export async function firstRecoveryCodes(ctx: SignInContext, user: User): Promise<readonly string[]> {
  const { recoveryCodes } = await readFactors(ctx.control, user.id)
  return recoveryCodes > 0 ? [] : newRecoveryCodes(ctx, user)
}

/** Ten new codes, told here and never again; the old ones are worthless. Each lets its owner in once without the app or passkey. */
export async function newRecoveryCodes(ctx: SignInContext, user: User): Promise<readonly string[]> {
  const { env, now } = ctx
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode)
  const hashes = await Promise.all(
    codes.map((code) => recoveryHash(code.replace('-', ''), user.id, env.PASSWORD_PEPPER)),
  )
  await tell(ctx, user, 'recovery-made', { work: replaceRecoveryCodes(user.id, hashes, now) })
  return codes
}

/** Ten signs of 31, without those that are taken for one another: 49 bits. */
function recoveryCode(): string {
  let code = ''
  while (code.length < 10)
    for (const byte of crypto.getRandomValues(new Uint8Array(16)))
      if (byte < 248 && code.length < 10) code += ALPHABET[byte % 31]
  return `${code.slice(0, 5)}-${code.slice(5)}`
}
