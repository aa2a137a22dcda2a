import { sha256 } from '#worker/core/hash.ts'

/** Vouchers whose hashes make one page of a month; part of the canonical form. */
export const PAGE = 1_000

/** The form's version; a new one is added beside the old, never in its place. */
export const SEAL = 'hovedbok/period/1'

/** A month's voucher hashes (bare hex) written after each other in pages of `PAGE`, by voucher date and place in the chain. */
export type SealedMonth = { month: string; count: number; pages: readonly string[] }

/**
 * The hash of a period, bare hex SHA-256: what every report of it rested on when it was locked. Over the form's version, the
 * company, the first and last month, and for each month its number of vouchers and the hash of its pages, folded one by one.
 * Any voucher more, less or other in the period gives another hash. A lock of part of the books names its scope last, and its
 * vouchers are those with something in it.
 */
export async function sealOf(
  company: string,
  from: string,
  to: string,
  months: readonly SealedMonth[],
  scope = 'all',
): Promise<string> {
  const rows: [string, number, string][] = []
  for (const { month, count, pages } of months) {
    let hash = '0'.repeat(64)
    for (const page of pages) hash = await sha256(hash + page)
    rows.push([month, count, hash])
  }
  return sha256(JSON.stringify([SEAL, company, from, to, rows, ...(scope === 'all' ? [] : [scope])]))
}
