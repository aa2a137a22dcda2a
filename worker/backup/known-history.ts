import type { IsoDate } from '#worker/core/dates.ts'

/**
 * Where the chain of some books stood, as it was written down outside them: in which company, and when first. `days`: those whose
 * head it was, which the bucket has a hash of.
 */
export type KnownHead = {
  company: string
  day: IsoDate
  ledgerVersion: number
  chainHead: string
  days: readonly IsoDate[]
}

export type Judged = {
  /** All heads of those companies that say the same as the books all the way, the newest first. */
  agreeing: readonly KnownHead[]
  /** The newest head that speaks for these books; none when nothing outside tells of them. */
  vouched: KnownHead | undefined
  /** The first head that they contradict, beyond what anybody speaks for. */
  contradicted: KnownHead | undefined
}

/**
 * Books brought back, held against what is known of them. A company and those that were restored of it share their first vouchers and
 * then part, so it is enough that one of them has the same history: all its heads, and further than where the others say something
 * else. A head at a place stands for every voucher before it. `hashes` are those of the books, by ledger version.
 */
export function judgeHistory(known: readonly KnownHead[], hashes: ReadonlyMap<number, string>): Judged {
  const isSame = (head: KnownHead) => hashes.get(head.ledgerVersion) === head.chainHead
  const companies = [...Map.groupBy(known, ({ company }) => company).values()]
  const agreeing = inOrder(companies.filter((heads) => heads.every(isSame)).flat()).toReversed()
  const [vouched] = agreeing
  const contradicted = inOrder(known.filter((head) => !isSame(head)))[0]
  const isSettled = vouched && contradicted && vouched.ledgerVersion >= contradicted.ledgerVersion
  return { agreeing, vouched, contradicted: isSettled ? undefined : contradicted }
}

const inOrder = (heads: readonly KnownHead[]) => heads.toSorted((a, b) => a.ledgerVersion - b.ledgerVersion)
