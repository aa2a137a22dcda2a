/** Chance that is the same every time, so that the demo company is. */
export type Random = {
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number
  pick<T>(list: readonly T[]): T
  chance(probability: number): boolean
  /** Round figures around `middle` kroner, a few much larger: how invoices are spread. In whole tens of kroner. */
  kroner(middle: number): number
}

/** Mulberry32 from a seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    whole,
    pick: (list) => list[whole(0, list.length - 1)]!,
    chance: (probability) => next() < probability,
    // Sixteen tables instead of exp(): the same figures on every machine.
    kroner: (middle) => Math.round((middle * SPREAD[whole(0, SPREAD.length - 1)]! * (0.9 + next() * 0.2)) / 10) * 10,
  }
}

/** Sixteen factors with mean 1. */
const SPREAD = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.65, 2, 2.5]
