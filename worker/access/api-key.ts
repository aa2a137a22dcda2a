import * as z from 'zod/mini'
import { instantOf } from '#worker/core/dates.ts'
import { FilledText } from '#worker/core/text.ts'
import { networkOf } from './network.ts'
import { mayDo, PERMISSIONS, type Permission, ROLES, type Role } from './permission.ts'

const RoleName = z.enum(ROLES as readonly [Role, ...Role[]], {
  error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid'),
})

const PERMISSION_NAMES = Object.keys(PERMISSIONS) as [Permission, ...Permission[]]

/**
 * A key for a program: what it is for, what it may do, and when it runs out: an instant, or a day that means its end. It has a
 * role, or `scopes`: exactly those permissions. `networks` are those it may be used from; none is any.
 */
export const NewKey = z
  .strictObject({
    name: FilledText(100),
    role: z.optional(RoleName),
    scopes: z.optional(
      z
        .array(z.enum(PERMISSION_NAMES, { error: 'field/invalid' }), { error: 'field/invalid' })
        .check(z.minLength(1, 'key/no-rights')),
    ),
    networks: z.optional(
      z
        .array(z.string('field/invalid').check(z.refine((s) => networkOf(s) !== undefined, 'key/network')))
        .check(z.maxLength(50, 'field/invalid')),
    ),
    expiresAt: z.optional(
      z.nullable(z.string('field/invalid').check(z.refine((s) => instantOf(s) !== undefined, 'date/invalid'))),
    ),
  })
  .check(
    z.refine((key) => key.role !== undefined || key.scopes !== undefined, { error: 'field/required', path: ['role'] }),
  )
export type NewKey = z.infer<typeof NewKey>

/** A role of the table, or the id of one of the company's own. */
export const MemberRole = z
  .string('field/required')
  .check(
    z.refine((role) => (ROLES as readonly string[]).includes(role) || /^rol_[0-9a-z]{26}$/.test(role), 'field/invalid'),
  )

/** A member to add, or to give another role: somebody who has a user already. */
export const NewMember = z.strictObject({ email: FilledText(254), role: MemberRole })
export type NewMember = z.infer<typeof NewMember>

/** The least of the roles that may do all of this: what the ledger takes a key with these scopes for. */
export const leastRoleFor = (scopes: readonly Permission[]): Role =>
  [...ROLES]
    .reverse()
    .sort((a, b) => permissionCount(a) - permissionCount(b))
    .find((role) => scopes.every((scope) => mayDo(role, scope))) ?? 'administrator'
const permissionCount = (role: Role): number => PERMISSION_NAMES.filter((name) => mayDo(role, name)).length

/** The first characters of a key, by which one knows it in a list. */
export const startOf = (key: string): string => key.slice(0, 10)

/** What an access token of an app begins with, so that scanners know it. It stands for the key the app was let in with. */
export const OAUTH_TOKEN = 'hbo_'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const PREFIX = 'hbk_'
/** Characters of the secret (256 bits) and of its check sum (30 bits). */
const SECRET = 52
const CHECK = 6

/** A key from 32 random bytes: a prefix that scanners know, the secret, and a check sum that tells a mistyped key from a wrong one. */
export function keyFrom(random: Uint8Array): string {
  const secret = base32(random, SECRET)
  return `${PREFIX}${secret}${checkOf(secret)}`
}

/** Whether a text has the form of a key of ours, check sum included. */
export function isKey(text: string): boolean {
  const secret = text.slice(PREFIX.length, PREFIX.length + SECRET)
  return text.length === PREFIX.length + SECRET + CHECK && text === `${PREFIX}${secret}${checkOf(secret)}`
}

function base32(bytes: Uint8Array, length: number): string {
  let bits = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n)
  let text = ''
  for (let i = 0; i < length; i++) {
    text = ALPHABET[Number(bits & 31n)]! + text
    bits >>= 5n
  }
  return text
}

/** 30 bits of FNV-1a. It guards against slips, not against guessing: the secret does that. */
function checkOf(secret: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < secret.length; i++) hash = Math.imul(hash ^ secret.charCodeAt(i), 0x01000193)
  hash >>>= 0
  return base32(Uint8Array.of(hash >>> 24, (hash >>> 16) & 255, (hash >>> 8) & 255, hash & 255), CHECK)
}
