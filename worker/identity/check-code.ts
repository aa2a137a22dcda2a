import { Secret, TOTP } from 'otpauth'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { readCodeApp, useRecoveryCode, useStep } from './factor-store.ts'
import { isKnownDevice } from './known-device.ts'
import { CODE_TRIES, countOrRefuse, subjectOf } from './limit-tries.ts'
import { codeOf, unseal } from './sealed.ts'
import type { SignInContext } from './sign-in.ts'
import { tell } from './tell-user.ts'
import { uncount } from './try-store.ts'
import type { User } from './user-store.ts'

const PERIOD_S = 30
export const CODE_APP = 'totp secret'
export const RECOVERY = 'recovery code'

/** A code app as others know it: RFC 6238 with what every app can do: SHA-1, six figures, thirty seconds. */
export const totpOf = (secret: string, email: string): TOTP =>
  new TOTP({
    issuer: 'Hovedbok',
    label: email,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
    secret: Secret.fromBase32(secret),
  })

/**
 * Judges a code from the app, or a recovery code. The app's is good once: a step that was used is used for everybody, whichever
 * came first, and so are those before it; the clock may be half a minute off. A recovery code is deleted by being used.
 * @throws Problem 401 code/wrong; 429 request/too-many after five tries in fifteen minutes.
 */
export async function checkCode(ctx: SignInContext, user: User, typed: string): Promise<void> {
  const { control, env, now, client } = ctx
  const known = (await isKnownDevice(user.email, client.known, env.PASSWORD_PEPPER)) ? client.known : undefined
  const subject = await subjectOf('code', user.id, known)
  const tried = await countOrRefuse(control, { subject, limit: CODE_TRIES }, client, now)
  const code = plainCode(typed)
  if (isAppCode(code)) {
    const kept = await readCodeApp(control, user.id)
    const secret = kept && (await unseal(kept, env.PASSWORD_PEPPER, CODE_APP))
    const step = secret && stepOf(secret, code, now)
    if (!step || !(await useStep(control, user.id, step))) throw new Problem(401, 'code/wrong')
  } else {
    if (!(await useRecoveryCode(control, user.id, await recoveryHash(code, user.id, env.PASSWORD_PEPPER))))
      throw new Problem(401, 'code/wrong')
    await tell(ctx, user, 'recovery-used')
  }
  await control.execute(uncount(tried.at))
}

export const plainCode = (typed: string): string => typed.replace(/[\s-]/g, '').toLowerCase()
export const isAppCode = (code: string): boolean => /^\d{6}$/.test(code)

/** Which step of thirty seconds a code belongs to; undefined when it is none of the three around now. */
export function stepOf(secret: string, token: string, now: Instant): number | undefined {
  const timestamp = Date.parse(now)
  const delta = totpOf(secret, '').validate({ token, timestamp, window: 1 })
  return delta === null ? undefined : Math.floor(timestamp / 1_000 / PERIOD_S) + delta
}

/** 50 random bits, so a hash keyed with the instance's secret is enough. */
export const recoveryHash = (code: string, user: string, pepper: string): Promise<string> =>
  codeOf(`${user} ${code}`, pepper, RECOVERY)
