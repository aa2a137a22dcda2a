import * as z from 'zod/mini'
import { instantOf } from '#worker/core/dates.ts'
import { FilledText } from '#worker/core/text.ts'
import { ROLES, type Role } from './permission.ts'

const RoleName = z.enum(ROLES as readonly [Role, ...Role[]], {
  error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid'),
})

/** A key for a program: what it is for, the role it has, and when it runs out: an instant, or a day that means its end. */
export const NewKey = z.strictObject({
  name: FilledText(100),
  role: RoleName,
  expiresAt: z.optional(
    z.nullable(z.string('field/invalid').check(z.refine((s) => instantOf(s) !== undefined, 'date/invalid'))),
  ),
})
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
