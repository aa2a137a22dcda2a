import type { AuditVoucher } from './recompute-chain.ts'

/** `unit`: every krone has the same chance, so large vouchers are drawn more often. `random`: every voucher. `largest`: no chance. */
export const METHODS = ['unit', 'random', 'largest'] as const
export type Method = (typeof METHODS)[number]
export type SampleWish = { method: Method; count: number; seed: number }

/**
 * Draws vouchers. The same seed over the same vouchers draws the same ones, so that somebody else can do it again. In order of
 * posting; by size for the largest. A voucher larger than the interval of a unit sample is drawn once.
 */
export function drawSample(vouchers: readonly AuditVoucher[], { method, count, seed }: SampleWish): AuditVoucher[] {
  const wanted = Math.min(count, vouchers.length)
  if (method === 'largest') return [...vouchers].sort((a, b) => b.amount - a.amount).slice(0, wanted)
  const random = randomOf(seed)
  return method === 'unit' ? byUnit(vouchers, wanted, random) : byChance(vouchers, wanted, random)
}

/** Each voucher stands for its kroner on one long line; every interval along it is a hit. */
function byUnit(vouchers: readonly AuditVoucher[], count: number, random: () => number): AuditVoucher[] {
  const total = vouchers.reduce((sum, { amount }) => sum + amount, 0)
  const interval = total / count
  let next = random() * interval
  let passed = 0
  return vouchers.filter(({ amount }) => {
    passed += amount
    if (passed <= next) return false
    while (next < passed) next += interval
    return true
  })
}

function byChance(vouchers: readonly AuditVoucher[], count: number, random: () => number): AuditVoucher[] {
  let [left, wanted] = [vouchers.length, count]
  return vouchers.filter(() => {
    const drawn = random() * left-- < wanted
    if (drawn) wanted--
    return drawn
  })
}

/** Numbers from 0 to 1 that follow from the seed: mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
