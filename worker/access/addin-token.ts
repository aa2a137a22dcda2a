import * as z from 'zod/mini'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { PERMISSIONS, type Permission } from './permission.ts'

/** What an access token of the add-in begins with, so that scanners know it and keys are not asked for it. */
export const ADDIN_TOKEN = 'hba_'

/** What a person may let Excel do. Each is held to what they may do themselves, and nothing else is done from Excel. */
export const ADDIN_SCOPES = {
  read: [
    'company:read',
    'ledger:read',
    'document:read',
    'register:read',
    'subledger:read',
    'report:read',
    'budgets:read',
    'event:read',
  ],
  // `period:lock`: who may lock a month may post in it, with a reason. Locking itself is not done from Excel (checkExcel).
  post: ['ledger:post', 'register:write', 'import:run', 'period:lock'],
  budget: ['budgets:write'],
  audit: ['audit-log:read', 'verify:run'],
} as const satisfies Record<string, readonly Permission[]>
export type AddinScope = keyof typeof ADDIN_SCOPES
export const ALL_SCOPES = Object.keys(ADDIN_SCOPES) as readonly AddinScope[]

/** Scopes as they are kept and asked for: names with blanks between. Reading is always among them; other words are none. */
export function scopesIn(text: string): readonly AddinScope[] {
  const named = new Set(text.split(/[\s,]+/))
  return ALL_SCOPES.filter((scope) => scope === 'read' || named.has(scope))
}

/** What a token of the add-in's says: what it may do, and when its person last showed who they are. */
export type ExcelSignIn = { readonly scopes: readonly AddinScope[]; readonly signedInAt: Instant }

export const allowedIn = ({ scopes }: ExcelSignIn): readonly Permission[] =>
  scopes.flatMap((scope): readonly Permission[] => ADDIN_SCOPES[scope])

/** How long after somebody signed in their Excel may write, in milliseconds. */
export const FRESH_MS = 12 * 3600_000
export const isRecent = (signedInAt: string, now: Instant): boolean =>
  Date.parse(now) - Date.parse(signedInAt) <= FRESH_MS

/**
 * Holds a request from Excel to what it was let in for: reading, and what its scopes name in a company. Books and budgets are
 * written only within twelve hours of signing in.
 * @throws Problem 403 excel/not-allowed, sign-in/too-old.
 */
export function checkExcel(excel: ExcelSignIn, access: string, reads: boolean, now: Instant): void {
  const inCompany = access in PERMISSIONS
  const locks = access === 'period:lock' && !reads
  const may = inCompany
    ? allowedIn(excel).includes(access as Permission) && !locks
    : reads && (access === 'signed-in' || access === 'office:read')
  if (!may) throw new Problem(403, 'excel/not-allowed')
  const writes = inCompany && !reads && !(ADDIN_SCOPES.audit as readonly string[]).includes(access)
  if (writes && !isRecent(excel.signedInAt, now)) throw new Problem(403, 'sign-in/too-old')
}

const Secret = z.string().check(z.regex(/^[\w-]{20,128}$/, 'field/invalid'))
/** A P-256 key as its point, and a signature by it (ECDSA with SHA-256), both base64url. */
const PublicKey = z.string().check(z.regex(/^[\w-]{87}$/, 'field/invalid'))
const Signature = z.string().check(z.regex(/^[\w-]{86}$/, 'field/invalid'))

/** Exchanges a code, or renews: one of the two. `proof` is the token to renew with, signed by the key that came with the code. */
export const TokenRequest = z.union(
  [
    z.strictObject({ code: Secret, verifier: Secret, key: PublicKey }),
    z.strictObject({ refreshToken: Secret, proof: Signature }),
  ],
  {
    error: 'field/invalid',
  },
)
export const SignOutRequest = z.strictObject({ refreshToken: Secret })

/** SHA-256 as base64url, without padding. */
export const isChallenge = (text: string | undefined): text is string => text !== undefined && /^[\w-]{43}$/.test(text)
