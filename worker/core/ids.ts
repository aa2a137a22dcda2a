import * as z from 'zod/mini'

/** Ids are opaque: a prefix that says what it is, and 26 characters. Never sorted on. */
export type VoucherId = `vch_${string}`
export type CompanyId = `cmp_${string}`

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new id from 17 random bytes that the caller provides: rules know no chance. */
export function idOf<P extends string>(prefix: P, random: Uint8Array): `${P}_${string}` {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of random) {
    bits = (bits << 8) | byte
    held += 8
    for (; held >= 5 && text.length < 26; held -= 5) text += ALPHABET[(bits >>> (held - 5)) & 31]
    bits &= (1 << held) - 1
  }
  return `${prefix}_${text}`
}

/** A stable id for something that another system calls by a key of its own, from a SHA-256 in hex. */
export const idFromHash = <P extends string>(prefix: P, hash: string): `${P}_${string}` =>
  `${prefix}_${hash.slice(0, 26)}`

/** Schemas; messages are problem codes. The client makes the voucher id, and it is the idempotency key. */
export const VoucherId = z
  .string({ error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') })
  .check(z.regex(/^vch_[0-9a-z]{26}$/, 'field/invalid')) as unknown as z.ZodMiniType<VoucherId, string>
export const CompanyId = z.string().check(z.regex(/^cmp_[0-9a-z]{26}$/, 'field/invalid')) as unknown as z.ZodMiniType<
  CompanyId,
  string
>

/** A document's id is made from the SHA-256 of its bytes (`idFromHash`), so what a voucher names is the content itself. */
export type DocumentId = `doc_${string}`
export const DocumentId = z
  .string({ error: 'field/invalid' })
  .check(z.regex(/^doc_[0-9a-z]{26}$/, 'field/invalid')) as unknown as z.ZodMiniType<DocumentId, string>
