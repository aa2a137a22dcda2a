import * as z from 'zod/mini'

/** What an access token of the add-in begins with, so that scanners know it and keys are not asked for it. */
export const ADDIN_TOKEN = 'hba_'

const Secret = z.string().check(z.regex(/^[\w-]{20,128}$/, 'field/invalid'))

/** Exchanges a code, or renews: one of the two. */
export const TokenRequest = z.union(
  [z.strictObject({ code: Secret, verifier: Secret }), z.strictObject({ refreshToken: Secret })],
  {
    error: 'field/invalid',
  },
)
export const SignOutRequest = z.strictObject({ refreshToken: Secret })

/** SHA-256 as base64url, without padding. */
export const isChallenge = (text: string | undefined): text is string => text !== undefined && /^[\w-]{43}$/.test(text)
