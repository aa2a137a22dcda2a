import { sha256 } from '#worker/core/hash.ts'
import type { Anchor } from './verification-store.ts'

/** A company's head on a day. */
export type DayHead = { company: string } & Omit<Anchor, 'day'>

const leafOf = ({ company, ledgerVersion, chainHead, seal }: DayHead) =>
  sha256(`head ${JSON.stringify([company, ledgerVersion, chainHead, ...(seal ? [seal.sealedTo, seal.hash] : [])])}`)

/**
 * One hash for the heads of a day, in order of company: a tree of pairs, what has no other half goes up as it is. Undefined without heads.
 * docs/hash-chain.md
 */
export async function rootOf(heads: readonly DayHead[]): Promise<string | undefined> {
  let level = await Promise.all(heads.map(leafOf))
  while (level.length > 1) {
    const pairs = level.flatMap((left, i) => (i % 2 === 0 ? [[left, level[i + 1]] as const] : []))
    level = await Promise.all(
      pairs.map(([left, right]) => (right === undefined ? left : sha256(`node ${left} ${right}`))),
    )
  }
  return level[0]
}
